#include "core/stream/windows/session_changes.h"

#include <algorithm>
#include <numeric>
#include <utility>

#include "core/sql/aggregates/state_cells.h"

namespace rw {

namespace {

constexpr std::size_t kSessionsOfPiece = 8'192;

/// Writes a record of changes: sessions of one key group, and numbers whose session is gone.
void writeChanged(int keyGroup, std::span<const SavedSession> sessions, const KeyTable& keys,
                  const Aggregates& aggregates, std::vector<std::uint32_t> gone, StateWriter& out) {
    ChangedNumbers numbers{.gone = std::move(gone)};
    std::vector<std::uint32_t> places;
    for (const SavedSession& session : sessions) {
        numbers.sessions.push_back(session.number);
        places.push_back(session.place);
    }
    out.keyed(kChangedSessions, keyGroup, kSessionsVersion, [&](StateWriter& record) {
        writeSessions(sessions, keys, record);
        aggregates.snapshot(places, record);
        sql::StateFieldsWriter fields;
        ChangedNumbers::fields(numbers, fields);
        fields.writeTo(record);
    });
}

void writeByKeyGroup(std::span<const SavedSession> sessions, const KeyTable& keys,
                     const Aggregates& aggregates, StateWriter& out) {
    std::vector<std::uint32_t> all(sessions.size());
    std::iota(all.begin(), all.end(), 0U);
    const auto hashOf = [&](std::uint32_t i) { return keys.hash(sessions[i].key); };
    forEachKeyGroup(std::move(all), hashOf, [&](int keyGroup, std::span<const std::uint32_t> some) {
        std::vector<SavedSession> ofGroup;
        for (const std::uint32_t i : some) ofGroup.push_back(sessions[i]);
        writeChanged(keyGroup, ofGroup, keys, aggregates, {}, out);
    });
}

}  // namespace

SavedSession SessionChanges::saved(std::uint32_t number) const {
    const SessionStore::Session& session = m_sessions->at(number);
    return {session.window, session.key, number, groupOf(number), session.open};
}

/// Nothing is to be copied: a frozen session of its number was, before it went.
void SessionChanges::came(std::uint32_t session) {
    m_rows.resize(m_sessions->numbers());
    m_rows.mark({&session, 1});
}

/// A frozen one is as it was then: its number would be marked, had it gone and come again.
void SessionChanges::changesFirst(std::uint32_t session) {
    const bool frozen = !m_rows.mark({&session, 1}).empty();
    if (m_files && m_files->isInFile(session)) m_files->changed(session);
    if (!frozen) return;
    if (!m_copies) m_copies.emplace(*m_plan);
    m_copies->sessions.push_back(saved(session));
}

void SessionChanges::willGo(std::uint32_t session) {
    willChange(session);
    // No checkpoint has one that came since the last.
    if (!m_sessions->isNew(session))
        m_goneSince.push_back({m_keys->hash(m_sessions->at(session).key), session});
}

void SessionChanges::copy() {
    if (!m_copies || m_copies->done == m_copies->sessions.size()) return;
    const auto fresh = std::span(m_copies->sessions).subspan(m_copies->done);
    std::vector<std::uint32_t> keys, copiedKeys, from, to;
    for (SavedSession& session : fresh) {
        keys.push_back(session.key);
        const std::uint32_t group = session.place;
        session.place = static_cast<std::uint32_t>(m_copies->done++);
        if (m_files && m_files->isInFile(session.number))
            m_copies->lacking.emplace(session.number, session.place);
        if (group == SessionFiles::kNone) continue;
        from.push_back(group);
        to.push_back(session.place);
    }
    m_copies->keys.insert(*m_keys, keys, copiedKeys);
    for (std::size_t i = 0; i < fresh.size(); ++i) fresh[i].key = copiedKeys[i];
    m_copies->aggregates.resize(m_copies->done);
    m_copies->aggregates.merge(*m_aggregates, from, to);
}

void SessionChanges::wasRead(const SessionFiles::Read& section) {
    copy();
    if (!m_copies || m_copies->lacking.empty()) return;
    std::vector<std::uint32_t> from, to;
    for (std::size_t i = 0; i < section.sessions.size(); ++i) {
        const auto lacks = m_copies->lacking.find(section.sessions[i]);
        if (lacks == m_copies->lacking.end()) continue;
        from.push_back(section.groups[i]);
        to.push_back(lacks->second);
        m_copies->lacking.erase(lacks);
    }
    m_copies->aggregates.merge(section.aggregates, from, to);
}

void SessionChanges::freeze(bool whole) {
    m_sessions->beginAge();
    if (m_files) m_files->freeze(whole);
    m_rows.resize(m_sessions->numbers());
    std::vector<Gone> gone = std::exchange(m_goneSince, {});
    std::vector<Gone>().swap(m_gone);  // an assignment would keep the memory
    m_nextGone = 0;
    m_copies.reset();
    if (whole) {
        m_rows.freezeAll();
    } else {
        m_rows.freeze();
        m_gone = std::move(gone);
    }
}

bool SessionChanges::writePiece(StateWriter& out) {
    if (!m_writing.ok()) return true;
    if (m_nextGone < m_gone.size()) {
        writeGone(out);
    } else if (anyInFiles()) {
        m_writing = writeFromFile(out);
    } else if (m_rows.anyFrozen()) {
        writeStanding(out);
    } else if (anyCopied()) {
        writeCopied(out);
    }
    if (m_nextGone < m_gone.size() || anyInFiles() || m_rows.anyFrozen() || anyCopied()) return true;
    std::vector<Gone>().swap(m_gone);  // an assignment would keep the memory
    m_nextGone = 0;
    m_copies.reset();
    return false;
}

void SessionChanges::writeGone(StateWriter& out) {
    std::vector<std::uint32_t> places(std::min(kSessionsOfPiece, m_gone.size() - m_nextGone));
    std::iota(places.begin(), places.end(), static_cast<std::uint32_t>(m_nextGone));
    m_nextGone += places.size();
    const auto hashOf = [this](std::uint32_t place) { return m_gone[place].hash; };
    forEachKeyGroup(std::move(places), hashOf, [&](int keyGroup, std::span<const std::uint32_t> some) {
        std::vector<std::uint32_t> numbers;
        for (const std::uint32_t place : some) numbers.push_back(m_gone[place].number);
        writeChanged(keyGroup, {}, *m_keys, *m_aggregates, std::move(numbers), out);
    });
}

/// The frozen ones of a section, as they were at the barrier: those that have changed since are copies.
Status SessionChanges::writeFromFile(StateWriter& out) {
    RW_TRY_ASSIGN(SessionFiles::Read section, m_files->readFrozen());
    wasRead(section);
    std::vector<SavedSession> sessions;
    std::vector<std::uint32_t> rests, targets;
    for (std::size_t i = 0; i < section.sessions.size(); ++i) {
        const std::uint32_t number = section.sessions[i];
        if (!m_rows.isFrozen(number)) continue;
        m_rows.take(number);
        sessions.push_back(saved(number));
        const std::uint32_t rest = std::exchange(sessions.back().place, section.groups[i]);
        if (rest == SessionFiles::kNone) continue;
        rests.push_back(rest);
        targets.push_back(section.groups[i]);
    }
    section.aggregates.merge(*m_aggregates, rests, targets);
    writeByKeyGroup(sessions, *m_keys, section.aggregates, out);
    return {};
}

void SessionChanges::writeStanding(StateWriter& out) {
    m_rows.takeSome(kSessionsOfPiece, m_some);
    std::vector<SavedSession> sessions;
    for (const std::uint32_t number : m_some) {
        if (m_sessions->at(number).alive) sessions.push_back(saved(number));
    }
    writeByKeyGroup(sessions, *m_keys, *m_aggregates, out);
}

void SessionChanges::writeCopied(StateWriter& out) {
    const std::size_t count = std::min(kSessionsOfPiece, m_copies->sessions.size() - m_copies->next);
    const auto some = std::span<const SavedSession>(m_copies->sessions).subspan(m_copies->next, count);
    m_copies->next += count;
    writeByKeyGroup(some, m_copies->keys, m_copies->aggregates, out);
}

std::size_t SessionChanges::memoryBytes() const {
    std::size_t bytes = m_rows.memoryBytes() + (m_goneSince.capacity() + m_gone.capacity()) * sizeof(Gone);
    if (m_copies)
        bytes += m_copies->sessions.capacity() * sizeof(SavedSession) + m_copies->keys.memoryBytes() +
                 m_copies->aggregates.memoryBytes() + m_copies->lacking.size() * 4 * sizeof(std::uint64_t);
    return bytes;
}

}  // namespace rw
