#include "core/connect/alerts/alert_ledger.h"

#include <algorithm>
#include <string_view>
#include <utility>

#include "core/base/ascii.h"
#include "core/base/whole_file.h"

namespace rw {

namespace {

constexpr std::size_t kIdSize = 32, kLargestFile = AlertLedger::kMost * 2 * (kIdSize + 1);

/// The file may be anybody's.
bool isLetterId(std::string_view text) {
    return text.size() == kIdSize && std::all_of(text.begin(), text.end(), [](char c) {
               return isAsciiDigit(c) || (c >= 'a' && c <= 'f');
           });
}

}  // namespace

AlertLedger::AlertLedger(std::string path) : m_path(std::move(path)) {
    std::string text;
    if (m_path.empty() || readWhole(m_path, kLargestFile, text)) return;
    for (std::size_t from = 0; from < text.size();) {
        const std::size_t end = std::min(text.find('\n', from), text.size());
        const std::string id = text.substr(from, end - from);
        if (isLetterId(id)) keep(id);
        from = end + 1;
    }
}

void AlertLedger::keep(const std::string& id) {
    if (!m_known.insert(id).second) return;
    m_order.push_back(id);
    if (m_order.size() <= kMost) return;
    m_known.erase(m_order.front());
    m_order.pop_front();
}

void AlertLedger::add(const std::vector<std::string>& ids) {
    for (const std::string& id : ids) keep(id);
    if (m_path.empty()) return;
    std::string text;
    for (const std::string& each : m_order) text += each + '\n';
    (void)writeWhole(m_path, text, FileReaders::Owner);
}

}  // namespace rw
