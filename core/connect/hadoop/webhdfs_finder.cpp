#include "core/connect/hadoop/webhdfs_finder.h"

#include <algorithm>
#include <utility>

namespace rw {

WebhdfsFinder::WebhdfsFinder(const std::string& path) : m_parts(partsOfPath(path)) {
    while (m_root.part < m_parts.size() && !isHdfsPattern(m_parts[m_root.part]))
        m_root.path += '/' + m_parts[m_root.part++];
    if (m_root.path.empty()) m_root.path = "/";
    begin();
}

void WebhdfsFinder::begin() {
    m_left = {m_root};
    m_files.clear();
    m_lacksRoot = false;
}

std::optional<std::string> WebhdfsFinder::next() const {
    return m_left.empty() ? std::nullopt : std::optional(m_left.back().path);
}

void WebhdfsFinder::take(const std::optional<std::vector<WebhdfsStatus>>& listing) {
    const Folder folder = m_left.back();
    m_left.pop_back();
    if (!listing) {
        m_lacksRoot = m_lacksRoot || (folder.path == m_root.path && folder.part == m_root.part);
        return;
    }
    const bool all = folder.part == m_parts.size(), last = folder.part + 1 >= m_parts.size();
    for (const WebhdfsStatus& each : *listing) {
        // A file that is listed is itself; a pattern says nothing of what is in it.
        if (each.name.empty() && !all) continue;
        const bool named = !all && !isHdfsPattern(m_parts[folder.part]);
        if (!each.name.empty() && !named && isHiddenFile(each.name)) continue;
        if (!all && !matchesPattern(each.name, m_parts[folder.part])) continue;
        const std::string path = joinedPath(folder.path, each.name);
        if (!each.folder && last) {
            WebhdfsStatus& file = m_files.emplace_back(each);
            file.name = path;
        } else if (each.folder && !last) {
            m_left.push_back({path, folder.part + 1});
        }
    }
}

std::vector<WebhdfsStatus> WebhdfsFinder::takeFiles() {
    std::sort(m_files.begin(), m_files.end(),
              [](const WebhdfsStatus& a, const WebhdfsStatus& b) { return a.name < b.name; });
    return std::exchange(m_files, {});
}

}  // namespace rw
