#include "tests/unit/stream/cases/watched_ranks.h"

#include <QtGlobal>
#include <algorithm>
#include <utility>

#include "core/data/state_reader.h"
#include "core/nodes/catalogue.h"
#include "core/stream/sink.h"
#include "core/stream/source.h"
#include "tests/support/batch_of.h"

namespace rw::test {

namespace {

const NodeKind& topN() {
    static const Catalogue kCatalogue = builtin();
    return *kCatalogue.find("top_n");
}

}  // namespace

StreamType RankedInput::type() const {
    const Type time = Type::of(TypeId::Timestamp), number = Type::of(TypeId::Bigint);
    StreamType type;
    type.schema = schemaOf({{"window_start", time},
                            {"window_end", time},
                            {"window_time", time},
                            {"k", Type::of(TypeId::String)},
                            {"v", number},
                            {"id", number}});
    type.eventTime = windows || !updating() ? 2 : -1;
    type.windowed = windows;
    type.updating = updating();
    type.made = sort != RankSort::Placed;
    type.multiset = sort == RankSort::Multiset;
    if (sort == RankSort::Keyed) type.key = windows ? std::vector<int>{0, 1, 5} : std::vector<int>{5};
    type.sourceOrder = !type.made && wires == 1;
    return type;
}

std::string RankedInput::text() const {
    return std::string(windows ? "of windows, sort " : "so far, sort ") +
           std::to_string(static_cast<int>(sort));
}

std::vector<Value> RankRow::cells(const std::string& keyText) const {
    const auto number = [](int value) { return Value(std::int64_t{value}); };
    return {Value(start),
            Value(start + kRankWindow),
            Value(start + kRankWindow - 1),
            k ? Value(keyText + std::to_string(*k)) : Value{},
            v ? number(*v) : Value{},
            number(id)};
}

int rankedRowsIn(const std::string& state) {
    const Result<StateReader> reader = StateReader::open(state);
    if (!reader.ok()) return -1;
    std::size_t rows = 0;
    const auto records = reader->keyed("held").value();
    for (const auto& [group, record] : records) rows += record.batch("rows").value().rows;
    return static_cast<int>(rows);
}

WatchedRanks::WatchedRanks(RankedInput input, const Json& more, std::size_t batchRows)
    : m_input(input), m_context(contextFor(input.type(), input.wires, batchRows)) {
    Json params = {{"by", {"v DESC"}}, {"limit", 1}, {"partition_by", {"k"}}};
    if (!more.is_null()) params.update(more);
    const BoundForTest bound = bindNode(topN(), params, {input.type()});
    if (!bound.bound) qFatal("%s", english(bound.issues.front()).c_str());
    m_bound = bound.bound;
    m_op = make();
    m_changing = dynamic_cast<ChangingState*>(m_op.get());
}

std::unique_ptr<Operator> WatchedRanks::make() const {
    auto op = std::get<std::unique_ptr<Operator>>(topN().make(*m_bound, m_context).value());
    op->outputPorts = static_cast<int>(m_bound->outputs.size());
    return op;
}

template <class Call>
void WatchedRanks::run(Call first) {
    Status status = first();
    betweenCalls();
    while (status.ok() && m_op->hasMore()) {
        status = m_op->resume(m_ignored);
        betweenCalls();
    }
    if (!status.ok()) qFatal("%s", english(status.error()).c_str());
}

void WatchedRanks::send(const std::vector<RankRow>& rows, std::vector<RowKind> kinds, int wire,
                        std::int64_t position) {
    Rows cells;
    for (const RankRow& row : rows) cells.push_back(row.cells(keyText));
    Batch batch = batchOf(m_input.type().schema, cells, std::move(kinds));
    batch.wire = wire;
    batch.positions.first = m_input.sort == RankSort::Placed ? position : -1;
    run([&] { return m_op->onBatch(0, batch, m_ignored); });
}

void WatchedRanks::change(int first, int count, int before, int now, Instant start) {
    std::vector<RankRow> rows;
    std::vector<RowKind> kinds;
    for (int key = first; key < first + count; ++key) {
        if (m_input.updating() && before > 0) {
            rows.push_back({start, key, before, key});
            kinds.push_back(RowKind::UpdateBefore);
        }
        rows.push_back({start, key, now, key});
        kinds.push_back(before > 0 ? RowKind::UpdateAfter : RowKind::Insert);
    }
    if (!m_input.updating()) kinds.clear();
    send(rows, kinds, 0, m_position);
    m_position += count;
}

void WatchedRanks::advance(Instant watermark) {
    run([&] { return m_op->onWatermark(watermark, m_ignored); });
}

void WatchedRanks::freeze(bool whole) {
    StateWriter all, rest;
    if (!m_op->snapshot(all).ok()) qFatal("no snapshot");
    m_atBarrier = all.finish();
    m_changing->writeRest(rest);
    m_rest = rest.finish();
    m_changing->freeze(whole);
    m_whole = whole;
    m_part.clear();
    m_largestPiece = 0;
    isFrozen = true;
}

bool WatchedRanks::writeSome() {
    StateWriter out;
    isFrozen = m_changing->writePiece(out);
    const std::string piece = out.takeFields();
    m_largestPiece = std::max(m_largestPiece, piece.size());
    m_part += piece;
    return isFrozen;
}

void WatchedRanks::writeAndKeep() {
    while (writeSome()) {
    }
    keep();
}

std::string WatchedRanks::byChange() const {
    std::string state = m_rest + m_parts;
    StateWriter::sealAnew(state);
    return state;
}

std::string WatchedRanks::difference() const {
    for (const int instances : {1, 3}) {
        for (int i = 0; i < instances; ++i) {
            const KeyGroups own = keyGroupsOf(i, instances);
            const std::string expected = restored(m_atBarrier, own), found = restored(byChange(), own);
            if (found == expected && rankedRowsIn(found) >= 0) continue;
            return m_input.text() + ": instance " + std::to_string(i) + " of " + std::to_string(instances) +
                   " has " + std::to_string(rankedRowsIn(found)) + " rows, not " +
                   std::to_string(rankedRowsIn(expected));
        }
    }
    return {};
}

std::string WatchedRanks::restored(const std::string& state, const KeyGroups& own) const {
    const auto op = make();
    const Result<StateReader> reader = StateReader::open(state);
    const Status status = reader.ok() ? op->restore(*reader, own) : reader.status();
    if (!status.ok()) return "refused: " + english(status.error());
    StateWriter again;
    return op->snapshot(again).ok() ? again.finish() : "no snapshot";
}

}  // namespace rw::test
