#include "core/deploy/score_words.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

namespace rw {

std::string ScoreWords::number(double value) const {
    return dialect.words().literal(Value{value == 0 ? 0.0 : value}, Type::of(TypeId::Double));
}

std::string ScoreWords::column(std::string_view kind, std::size_t i) const {
    return dialect.words().identifier(fmt::format("{}{}{}", own, kind, i));
}

std::string scoreSum(const std::vector<std::string>& terms) {
    return fmt::format("{}", fmt::join(terms, " + "));
}

}  // namespace rw
