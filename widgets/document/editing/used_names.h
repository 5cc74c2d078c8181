// Ids and titles for new nodes of a pipeline, found without looking through its nodes for each.
#pragma once
#include <string>
#include <unordered_map>
#include <unordered_set>

#include "core/pipeline/pipeline.h"

namespace rw::ui {

class UsedNames {
 public:
    explicit UsedNames(const Pipeline& pipeline);

    bool hasId(const NodeId& id) const { return m_ids.contains(id); }
    /// A free id made from `type`: csv_source, csv_source_2, …
    NodeId freeId(const std::string& type);
    /// `wanted`, or with a number behind it when a node has that title. At most kMaxTitle characters.
    std::string freeTitle(const std::string& wanted);
    /// From now on its id and its title are taken.
    void add(const Node& node);

 private:
    std::unordered_set<std::string> m_ids{}, m_titles{};
    // From which number on one may be free: names are only ever taken.
    std::unordered_map<std::string, int> m_nextId{}, m_nextTitle{};
};

}  // namespace rw::ui
