// Which variables artefacts keep as `${name}`, and their places in a text.
#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "core/deploy/form.h"

namespace rw {

/// Whether `${name}` stays: it was given no value for this run, a shell can hold it, and it is none of the
/// two that artefacts have themselves, `folder` and `staged`. A value with a quote or a backslash is put in,
/// too: it may be an escape of our SQL, while programs take plain text for values and escape that themselves.
/// Variables of subflows never stay.
bool isKept(std::string_view name, std::string_view value, const TranslateOptions& options);

struct KeptText {
    std::string value{};               ///< with all variables put in
    std::string raw{};                 ///< with those that stay as `${name}`
    std::vector<VariableSpan> kept{};  ///< their places in `value`
    /// Variables that `raw` seems to name and does not: “$${name}” stands for “${name}” itself.
    std::vector<std::string> mistakable{};
};
KeptText keptText(std::string_view text, const Variables& variables, const TranslateOptions& options);

}  // namespace rw
