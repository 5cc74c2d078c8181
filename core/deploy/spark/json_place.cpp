#include "core/deploy/spark/json_place.h"

#include <fmt/format.h>

#include <algorithm>

namespace rw {

std::string sparkJsonPlace(const sql::JsonPath& path) {
    std::string place = "$";
    for (const sql::JsonPath::Step& step : path.steps())
        place += step.isIndex ? fmt::format("[{}]", step.index) : "['" + step.name + "']";
    return place;
}

bool sparkTakesPlace(const sql::JsonPath& path) {
    return std::all_of(path.steps().begin(), path.steps().end(), [](const sql::JsonPath::Step& step) {
        return step.isIndex || (!step.name.empty() && step.name.find_first_of("'?") == std::string::npos);
    });
}

}  // namespace rw
