#include "core/nodes/learning/feature_distances.h"

#include <cmath>

#include "core/learn/fields_json.h"

namespace rw {

ParamSpec distancesParam(Text help) {
    return makeParam("explain", ParamKind::Boolean, RW_TEXT("learning", "Distances"), std::move(help), false);
}

Field distancesField() {
    return {"distances", Type::of(TypeId::String)};
}

FeatureDistances::FeatureDistances(const std::vector<std::string>& names) : m_parts(names.size()) {
    for (const std::string& name : names) {
        std::string& key = m_keys.emplace_back(m_keys.empty() ? "{" : ",");
        learn::appendJsonText(key, name);
        key += ':';
    }
}

std::string_view FeatureDistances::of(const learn::LearningRow& row) {
    row.model->explain(row.example, m_parts);
    m_text.clear();
    for (std::size_t i = 0; i < m_keys.size(); ++i) {
        m_text += m_keys[i];
        if (std::isfinite(m_parts[i])) {
            learn::appendNumber(m_text, m_parts[i]);
        } else {
            m_text += "null";  // JSON has no other number for it
        }
    }
    return m_text += '}';
}

}  // namespace rw
