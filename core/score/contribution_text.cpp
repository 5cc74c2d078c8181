#include "core/score/contribution_text.h"

#include <fmt/format.h>

#include <cmath>
#include <iterator>

#include "core/pipeline/pipeline.h"

namespace rw::score {

ColumnRef contributionTexts(const ModelHead& head, const Contributions& contributions) {
    std::vector<std::string> keys{"{\"(bias)\":"};
    for (const ModelInput& input : head.inputs) keys.push_back("," + Json(input.name).dump() + ":");
    ColumnBuilder builder(Type::of(TypeId::String));
    builder.reserve(contributions.of.size());
    std::string text;
    for (std::size_t row = 0; row < contributions.of.size(); ++row) {
        text.clear();
        for (std::size_t i = 0; i < keys.size(); ++i) {
            const double part = contributions.parts[row * keys.size() + i];
            text += keys[i];
            if (std::isfinite(part)) {
                fmt::format_to(std::back_inserter(text), "{}", part);
            } else {
                text += "null";  // JSON has no other number for it
            }
        }
        text += '}';
        builder.appendString(text);
    }
    return builder.finish();
}

}  // namespace rw::score
