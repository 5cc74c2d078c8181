#include "core/deploy/spark/json_place.h"

#include <fmt/format.h>

#include <algorithm>

#include "core/deploy/spark/words.h"

namespace rw {

namespace {

bool sparkTakesPlace(const sql::JsonPath& path) {
    return std::all_of(path.steps().begin(), path.steps().end(), [](const sql::JsonPath::Step& step) {
        return step.isIndex || (!step.name.empty() && step.name.find_first_of("'?") == std::string::npos);
    });
}

}  // namespace

std::string sparkJsonPlace(const sql::JsonPath& path) {
    std::string place = "$";
    for (const sql::JsonPath::Step& step : path.steps())
        place += step.isIndex ? fmt::format("[{}]", step.index) : "['" + step.name + "']";
    return place;
}

bool sparkRefusePlaces(NodeForm& form, const std::vector<sql::JsonPath>& paths) {
    if (std::all_of(paths.begin(), paths.end(), sparkTakesPlace)) return false;
    sparkRefuse(form, RW_TEXT("deploy", "Spark finds no field with ' or ? in its name."),
                RW_TEXT("deploy", "Rename it where the JSON texts are made."), "columns");
    return true;
}

}  // namespace rw
