#include "core/cluster/output_choice.h"

#include <algorithm>
#include <array>

namespace rw {

namespace {

constexpr std::array kOutputChoices{OutputChoice::Append, OutputChoice::NewFolder, OutputChoice::Replace};

Status noOutputChoice(std::string_view text) {
    return {ErrorCode::Invalid, RW_TEXT("cluster", "“%1” is no choice for results.").with(text),
            RW_TEXT("cluster",
                    "Write append, new-folder or replace for all file sinks, or one for each: "
                    "results=append,late=new-folder.")};
}

}  // namespace

std::string_view outputChoiceName(OutputChoice choice) {
    switch (choice) {
        case OutputChoice::Append:
            return "append";
        case OutputChoice::NewFolder:
            return "new-folder";
        case OutputChoice::Replace:
            break;
    }
    return "replace";
}

std::optional<OutputChoice> OutputChoices::find(const NodeId& sink) const {
    const auto own = of.find(sink);
    return own != of.end() ? std::optional(own->second) : all;
}

Result<OutputChoices> parseOutputChoices(std::string_view text) {
    OutputChoices out;
    while (true) {
        const std::size_t comma = text.find(',');
        const std::string_view one = text.substr(0, comma);
        const std::size_t equals = one.rfind('=');
        const std::string_view word = equals == std::string_view::npos ? one : one.substr(equals + 1);
        const auto choice =
            std::find_if(kOutputChoices.begin(), kOutputChoices.end(),
                         [word](OutputChoice each) { return outputChoiceName(each) == word; });
        const bool twice = equals == std::string_view::npos ? out.all.has_value()
                                                            : out.of.contains(NodeId(one.substr(0, equals)));
        if (choice == kOutputChoices.end() || equals == 0 || twice) return noOutputChoice(one);
        if (equals == std::string_view::npos) {
            out.all = *choice;
        } else {
            out.of.emplace(one.substr(0, equals), *choice);
        }
        if (comma == std::string_view::npos) return out;
        text.remove_prefix(comma + 1);
    }
}

}  // namespace rw
