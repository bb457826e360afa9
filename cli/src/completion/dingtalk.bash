# Completes `dingtalk` in bash: source <(dingtalk completion bash)
_dingtalk() {
    # bash parts words at `=`, which is a part of them here.
    local line=${COMP_LINE:0:COMP_POINT} words=() word value
    read -ra words <<<"$line"
    [[ $line != *[[:space:]] ]] || words+=("")
    word=${words[-1]}
    local part=${word%"${word##*[=:]}"}
    COMPREPLY=()
    while IFS=$'\t' read -r value _; do
        COMPREPLY+=("${value#"$part"}")
    done < <(dingtalk complete -- "${words[@]:1}" 2>/dev/null)
    [[ ${#COMPREPLY[@]} -ne 1 || ${COMPREPLY[0]} != *= ]] || compopt -o nospace
}
complete -o default -F _dingtalk dingtalk
