#include "core/runtime/checkpoints/changes_writer.h"

#include <utility>

namespace rw {

namespace {
/// Each checkpoint names all parts of a state: so many more than the whole has make it slow.
constexpr std::uint64_t kMostParts = 256;
constexpr std::size_t kPartBytes = std::size_t{4} << 20;
constexpr std::size_t kLongestPart = std::size_t{64} << 20;  // SQLite takes no value beyond 1 GB
}  // namespace

bool ChangesWriter::applies(std::size_t bytes) const {
    if (!m_barriers.wantsChanges()) return false;
    const std::size_t from = m_barriers.changesFrom;
    // A state that is about so large does not go to and fro.
    return bytes >= (m_frozenAt > 0 ? from / 2 : from);
}

void ChangesWriter::freeze() {
    const bool isThere = m_frozenAt > 0 && m_frozenAt == m_barriers.kept();
    std::uint64_t before = m_wholeBytes;
    for (const auto& [name, bytes] : m_runs) before += bytes;
    m_changes = {};
    m_changes.instance = m_instance;
    // Written as a whole once in a while, a state has at most half as many bytes of changes as of its own.
    m_changes.whole = !isThere || m_state.needsWhole() || m_changedBytes > before / 2 ||
                      m_changedParts > kMostParts + m_wholeBytes / kPartBytes;
    if (m_changes.whole) m_wholeBytes = m_changedBytes = m_changedParts = 0;
    StateWriter rest;
    m_state.writeRest(rest);
    m_rest = rest.finish();
    m_state.freeze(m_changes.whole);
    m_runs = m_state.runsNamed();
    m_changes.mayNameRuns = m_state.mayNameRuns();
    m_frozenAt = m_barriers.requested();
    m_frozen = true;
}

Result<bool> ChangesWriter::writeSome() {
    if (!m_frozen) return true;
    if (!m_barriers.hasRoom()) return false;
    const bool more = m_state.writePiece(m_part);
    RW_TRY(m_state.writing());
    for (NamedRun& named : m_state.takeRuns()) {
        m_changedParts += m_changes.whole ? 0 : 1;
        m_barriers.addPart(m_id, m_instance, std::move(named));
    }
    if (more && m_part.size() < kPartBytes) return false;
    std::string part = m_part.takeFields();
    (m_changes.whole ? m_wholeBytes : m_changedBytes) += part.size();
    m_changedParts += m_changes.whole ? 0 : 1;
    // Read together again, they may be cut anywhere.
    std::size_t cut = 0;
    for (; part.size() - cut > kLongestPart; cut += kLongestPart)
        m_barriers.addPart(m_id, m_instance, part.substr(cut, kLongestPart));
    if (cut > 0) part.erase(0, cut);
    if (!part.empty()) m_barriers.addPart(m_id, m_instance, std::move(part));
    if (more) return false;
    m_changes.bytes = m_wholeBytes + m_changedBytes;
    for (const auto& [name, bytes] : m_runs) {
        m_changes.runs.insert(name);
        m_changes.bytes += bytes;
    }
    m_barriers.add(m_id, std::exchange(m_changes, {}), std::exchange(m_rest, {}));
    m_frozen = false;
    return true;
}

}  // namespace rw
