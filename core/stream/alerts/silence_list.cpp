#include "core/stream/alerts/silence_list.h"

#include <algorithm>
#include <utility>

namespace rw {

namespace {

std::string silenceName(const NodeId& node, const std::vector<AlertKeyPart>& key) {
    std::string name;
    addNamePart(name, node);
    for (const AlertKeyPart& part : key) {
        addNamePart(name, part.column);
        addNamePart(name, part.value);
    }
    return name;
}

}  // namespace

void SilenceList::set(AlertSilence silence, Instant now) {
    std::string name = silenceName(silence.node, silence.key);
    if (silence.until <= now) {
        m_all.erase(name);
        return;
    }
    m_all.insert_or_assign(std::move(name), std::move(silence));
    if (m_all.size() <= kMost) return;
    dropOver(now);
    if (m_all.size() <= kMost) return;
    m_all.erase(std::min_element(m_all.begin(), m_all.end(), [](const auto& a, const auto& b) {
        return a.second.until < b.second.until;
    }));
}

void SilenceList::setAll(std::vector<AlertSilence> silences) {
    m_all.clear();
    for (AlertSilence& silence : silences) {
        if (m_all.size() == kMost) return;
        std::string name = silenceName(silence.node, silence.key);
        m_all.insert_or_assign(std::move(name), std::move(silence));
    }
}

const AlertSilence* SilenceList::find(const NodeId& node, const std::vector<AlertKeyPart>& key,
                                      Instant now) const {
    if (m_all.empty()) return nullptr;
    const AlertSilence* longest = nullptr;
    const auto take = [&](const std::vector<AlertKeyPart>& of) {
        const auto found = m_all.find(silenceName(node, of));
        if (found == m_all.end() || found->second.until <= now) return;
        if (longest == nullptr || found->second.until > longest->until) longest = &found->second;
    };
    take({});
    if (!key.empty()) take(key);
    return longest;
}

std::vector<AlertSilence> SilenceList::holding(Instant now) const {
    std::vector<AlertSilence> silences;
    for (const auto& [name, silence] : m_all) {
        if (silence.until > now) silences.push_back(silence);
    }
    return silences;
}

bool SilenceList::dropOver(Instant now) {
    return std::erase_if(m_all, [now](const auto& each) { return each.second.until <= now; }) > 0;
}

}  // namespace rw
