#include "tests/unit/stream/cases/written_group.h"

#include <algorithm>
#include <limits>
#include <utility>

#include "core/data/state_reader.h"
#include "core/data/state_writer.h"
#include "core/stream/sink.h"
#include "core/stream/source.h"

namespace rw::test {

namespace {

std::string sealedAnew(std::string state) {
    StateWriter::sealAnew(state);
    return state;
}

}  // namespace

WrittenGroup::WrittenGroup(const NodeKind& kind, BoundNodeRef bound, const MakeContext& context,
                           int instances, std::vector<std::string> records)
    : m_kind(kind),
      m_bound(std::move(bound)),
      m_context(context),
      m_records(std::move(records)),
      m_group(m_kind, *m_bound, m_context, instances),
      m_instances(static_cast<std::size_t>(instances)) {}

void WrittenGroup::barrier(bool whole) {
    m_atBarrier = m_group.snapshot();
    m_whole = whole;
    m_pieces = 0;
    for (int i = 0; i < m_group.instances(); ++i) {
        StateWriter rest;
        changing(i).writeRest(rest);
        Instance& instance = m_instances[static_cast<std::size_t>(i)];
        instance.rest = rest.finish();
        instance.part.clear();
        instance.frozen = true;
        changing(i).freeze(whole);
    }
}

bool WrittenGroup::writePiece() {
    bool more = false;
    for (int i = 0; i < m_group.instances(); ++i) {
        Instance& instance = m_instances[static_cast<std::size_t>(i)];
        if (!instance.frozen) continue;
        StateWriter out;
        instance.frozen = changing(i).writePiece(out);
        const std::string piece = out.takeFields();
        m_mostOfPiece = std::max(m_mostOfPiece, rowsIn(sealedAnew(instance.rest + piece)));
        instance.part += piece;
        more = more || instance.frozen;
    }
    ++m_pieces;
    return more;
}

void WrittenGroup::writeAll() {
    while (writePiece()) {
    }
}

void WrittenGroup::keep() {
    writeAll();
    for (Instance& each : m_instances) each.parts = m_whole ? each.part : each.parts + each.part;
}

std::size_t WrittenGroup::bytes() const {
    std::size_t sum = 0;
    for (const Instance& each : m_instances) sum += each.part.size();
    return sum;
}

std::size_t WrittenGroup::written() const {
    std::size_t rows = 0;
    for (const Instance& each : m_instances) rows += rowsIn(sealedAnew(each.rest + each.part));
    return rows;
}

std::size_t WrittenGroup::rowsIn(const std::string& state) const {
    std::size_t rows = 0;
    const Result<StateReader> reader = StateReader::open(state);
    if (!reader.ok()) return std::numeric_limits<std::size_t>::max();
    for (const std::string& name : m_records) {
        const auto records = reader->keyed(name).value();
        for (const auto& [group, record] : records) rows += record.batch("rows").value().rows;
    }
    return rows;
}

std::vector<std::string> WrittenGroup::states() const {
    std::vector<std::string> all;
    for (const Instance& each : m_instances) all.push_back(sealedAnew(each.rest + each.parts));
    return all;
}

std::string WrittenGroup::problem() const {
    for (const int instances : {1, 2, 5}) {
        OperatorGroup expected = another(), found = another();
        expected.resume(m_atBarrier, instances);
        found.resume(states(), instances);
        if (!expected.breaches().empty()) return "in one piece: " + expected.breaches().front();
        if (!found.breaches().empty()) return "by change: " + found.breaches().front();
        if (found.snapshot() == expected.snapshot()) continue;
        return std::to_string(instances) + " instances have " + std::to_string(found.stateSize().keys) +
               " rows, not " + std::to_string(expected.stateSize().keys) + ", or not these";
    }
    return {};
}

bool WrittenGroup::takes(const std::string& state) const {
    OperatorGroup taking = another();
    taking.resume({state}, 1);
    return taking.breaches().empty();
}

}  // namespace rw::test
