#include "core/connect/ndjson/fields.h"

#include <algorithm>

#include "core/sql/functions/json_scan.h"

namespace rw {

NdjsonFields::NdjsonFields(const std::vector<sql::JsonPath>& paths) : m_places(1), m_columns(paths.size()) {
    for (std::size_t column = 0; column < paths.size(); ++column) {
        if (paths[column].steps().size() > sql::kDeepestJson) continue;  // no row has anything there
        std::size_t at = 0;
        for (const sql::JsonPath::Step& step : paths[column].steps()) at = placeOf(at, step);
        m_places[at].columns.push_back(column);
    }
    for (Place& place : m_places) {
        for (std::size_t i = 0; i < place.fields.size(); ++i) place.byName.push_back(i);
        std::sort(place.byName.begin(), place.byName.end(), [&place](std::size_t a, std::size_t b) {
            return place.fields[a].name < place.fields[b].name;
        });
    }
}

/// The place one step on, made where there is none yet.
std::size_t NdjsonFields::placeOf(std::size_t from, const sql::JsonPath::Step& step) {
    const std::size_t made = m_places.size();
    Place& place = m_places[from];
    if (step.isIndex) {
        for (const auto& [index, there] : place.elements) {
            if (index == step.index) return there;
        }
        place.elements.emplace_back(step.index, made);
    } else {
        for (const Field& field : place.fields) {
            if (field.name == step.name) return field.place;
        }
        const bool plain = step.name.find_first_of("\"\\") == std::string::npos;
        place.fields.push_back({step.name, made, plain});
    }
    m_places.emplace_back().number = made;
    return made;
}

std::size_t NdjsonFields::find(const Place& place, std::string_view name) {
    const auto found = std::lower_bound(
        place.byName.begin(), place.byName.end(), name,
        [&place](std::size_t field, std::string_view wanted) { return place.fields[field].name < wanted; });
    return found != place.byName.end() && place.fields[*found].name == name ? *found : kNone;
}

const NdjsonFields::Place* NdjsonFields::element(const Place& place, std::size_t index) const {
    for (const auto& [wanted, number] : place.elements) {
        if (wanted == index) return &m_places[number];
    }
    return nullptr;
}

}  // namespace rw
