#include "core/deploy/branches.h"

namespace rw {

std::vector<std::string> branchConditions(NodeForm& form) {
    std::vector<std::string> out;
    const std::vector<std::string> branches = form.params().list("branches");
    std::string others;  // none of the conditions so far held
    for (std::size_t i = 0; i < branches.size(); ++i) {
        const std::string_view condition = std::string_view(branches[i]).substr(branches[i].find(':') + 1);
        const std::string held =
            "(" + form.expression("branches", static_cast<int>(i), condition, {form.input().schema}) + ")";
        const std::string join = others.empty() ? "" : " AND ";
        out.push_back(others + join + held);
        others += join + held + " IS NOT TRUE";
    }
    out.push_back(std::move(others));
    return out;
}

}  // namespace rw
