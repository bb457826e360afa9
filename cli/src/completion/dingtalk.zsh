#compdef dingtalk
# Completes `dingtalk` in zsh: source <(dingtalk completion zsh)
_dingtalk() {
    local line
    local -a values shown open
    for line in "${(@f)$(dingtalk complete -- "${(@)words[2,CURRENT]}" 2>/dev/null)}"; do
        [[ -n $line ]] || continue
        if [[ ${line%%$'\t'*} == *= ]]; then
            open+=("${line%%$'\t'*}")
        else
            values+=("${line%%$'\t'*}")
            shown+=("${line/$'\t'/  }")
        fi
    done
    (( ${#values} == 0 )) || compadd -l -d shown -a values
    (( ${#open} == 0 )) || compadd -S '' -a open
    (( ${#values} + ${#open} > 0 )) || _files
}
compdef _dingtalk dingtalk
