# Completes `dingtalk` in fish: dingtalk completion fish | source
complete -c dingtalk -f -a '(dingtalk complete -- (commandline -opc)[2..] (commandline -ct) 2>/dev/null)'
