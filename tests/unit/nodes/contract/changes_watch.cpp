#include "tests/unit/nodes/contract/changes_watch.h"

#include <fmt/format.h>

#include <utility>

#include "core/data/state_reader.h"

namespace rw::test {

ChangesWatch::ChangesWatch(Operator& watched, Make make, KeyGroups own)
    : m_watched(watched),
      m_changing(dynamic_cast<ChangingState*>(&watched)),
      m_make(std::move(make)),
      m_own(own) {}

void ChangesWatch::betweenCalls() {
    if (!watches() || !m_problem.empty()) return;
    ++m_calls;
    if (m_frozen) {
        if (m_calls % 3 == 0) writeSome();
    } else if (m_calls % 2 == 0) {
        freeze();
    }
}

std::string ChangesWatch::finish() {
    if (!watches()) return {};
    writeAll();
    freeze();
    writeAll();
    return m_problem;
}

void ChangesWatch::freeze() {
    StateWriter all, rest;
    if (const Status status = m_watched.snapshot(all); !status.ok()) m_problem = english(status.error());
    m_atBarrier = all.finish();
    m_changing->writeRest(rest);
    m_rest = rest.finish();
    m_whole = ++m_barriers % 7 == 0 || m_whole || m_changing->needsWhole();
    m_changing->freeze(m_whole);
    m_frozen = true;
    m_part.clear();
}

void ChangesWatch::writeAll() {
    while (m_frozen && m_problem.empty()) writeSome();
}

void ChangesWatch::writeSome() {
    const bool more = m_changing->writePiece(m_out);
    m_part += m_out.takeFields();
    if (const Status& why = m_changing->writing(); !why.ok()) m_problem = english(why.error());
    if (more) return;
    m_frozen = false;
    if (m_barriers % 5 == 4) {  // it was not kept
        m_whole = true;
        return;
    }
    m_parts = std::exchange(m_whole, false) ? m_part : m_parts + m_part;
    std::string state = m_rest + m_parts;
    StateWriter::sealAnew(state);
    const std::string expected = restored(m_atBarrier), found = restored(state);
    if (m_problem.empty() && found != expected)
        m_problem = fmt::format("the state by change is another than that of barrier {}", m_barriers);
}

/// The state of an instance that was restored from it.
std::string ChangesWatch::restored(const std::string& state) {
    auto made = m_make();
    const Result<StateReader> reader = StateReader::open(state);
    Status status = made.ok() ? reader.status() : made.status();
    if (status.ok()) status = (*made)->restore(*reader, m_own);
    StateWriter again;
    if (status.ok()) status = (*made)->snapshot(again);
    if (!status.ok()) m_problem = "the state by change can't be restored: " + english(status.error());
    return again.finish();
}

}  // namespace rw::test
