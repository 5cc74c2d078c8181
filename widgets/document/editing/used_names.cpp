#include "widgets/document/editing/used_names.h"

#include "core/pipeline/limits.h"

namespace rw::ui {

namespace {

constexpr std::size_t kNumberLength = 12;

// “Filter 2” → “Filter”, so that a copy of it is “Filter 3” and not “Filter 2 2”.
std::string withoutNumber(const std::string& title) {
    const std::size_t digits = title.find_last_not_of("0123456789");
    const bool numbered = digits != std::string::npos && digits + 1 < title.size() && title[digits] == ' ';
    return numbered && digits > 0 ? title.substr(0, digits) : title;
}

/// `stem`, `between` and the first number from 2 on with which that is not in `taken`.
std::string withNumber(const std::string& stem, char between, const std::unordered_set<std::string>& taken,
                       std::unordered_map<std::string, int>& next) {
    for (int& number = next.try_emplace(stem, 2).first->second;; ++number) {
        std::string name = stem + between + std::to_string(number);
        if (!taken.contains(name)) return name;
    }
}

}  // namespace

UsedNames::UsedNames(const Pipeline& pipeline) {
    for (const Node& node : pipeline.nodes) add(node);
}

void UsedNames::add(const Node& node) {
    m_ids.insert(node.id);
    m_titles.insert(node.shownTitle());
}

NodeId UsedNames::freeId(const std::string& type) {
    const std::string base = isNodeId(type) ? type : "node";
    return m_ids.contains(base) ? withNumber(base, '_', m_ids, m_nextId) : base;
}

std::string UsedNames::freeTitle(const std::string& title) {
    std::string wanted = firstCharacters(title, kMaxTitle);
    if (!m_titles.contains(wanted)) return wanted;
    return withNumber(firstCharacters(withoutNumber(wanted), kMaxTitle - kNumberLength), ' ', m_titles,
                      m_nextTitle);
}

}  // namespace rw::ui
