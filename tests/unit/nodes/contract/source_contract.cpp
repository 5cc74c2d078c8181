// Sources: the same rows in the same order at any size of a batch, and for any columns that are read; also
// where one resumes from the snapshot of another.
#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <map>
#include <set>

#include "core/data/text.h"
#include "core/nodes/catalogue.h"
#include "core/pipeline/param_values.h"
#include "core/stream/sink.h"
#include "core/stream/source.h"
#include "tests/support/child.h"
#include "tests/support/short_reads.h"
#include "tests/support/worlds/journal_file.h"
#include "tests/unit/nodes/contract/contract.h"
#include "tests/unit/nodes/contract/contract_params.h"
#include "tests/unit/nodes/contract/outside_world.h"
#include "tests/unit/nodes/driver.h"
#include "tests/unit/nodes/fixtures/manual_clock.h"

namespace rw::test {

namespace {

constexpr std::size_t kEnough = 300;  // rows of a source that does not end
constexpr int kMostPolls = 2'000;     // of one that has nothing to say
constexpr int kPollsWithoutRows = 50;
constexpr int kQuietPolls = 100;
constexpr int kInputRows = 100, kManyInputRows = 6'000;
constexpr std::size_t kFullBatch = 4'096;  // rows of a batch, as runs have them
constexpr std::size_t kBytesRead = 200;    // at once, of files
constexpr int kPiecesLeft = 5;

using Lines = std::vector<std::string>;

/// The same rows as CSV and as JSON, and a journal, whose name says nothing.
void writeInput(const std::filesystem::path& folder, int rows) {
    std::ofstream csv(folder / (kInputFile + ".csv")), json(folder / (kInputFile + ".ndjson"));
    writeJournalFile((folder / kInputFile).string());
    csv << "a,ts\n";
    for (int row = 0; row < rows; ++row) {
        const bool wrong = row % 10 == 3, null = row % 10 == 4;
        const std::string number = wrong ? "no number" : std::to_string(row);
        const std::string time = fmt::format("2024-01-01 00:00:{:02}", row % 60);
        csv << fmt::format("{},{}\n", null ? "" : number, time);
        json << fmt::format("{{\"ts\":\"{}\",\"a\":{}}}\n", time,
                            null    ? "null"
                            : wrong ? "\"no number\""
                                    : number);
    }
}

/// How much is read, in all and of a file at once.
struct Amount {
    std::size_t rows = kEnough;
    std::size_t bytes = kBytesRead;
};

/// One set of parameters.
class SourceTrial {
 public:
    SourceTrial(const NodeKind& kind, const Json& params, int inputRows = kInputRows)
        : m_kind(kind), m_params(params) {
        writeInput(m_folder.path(), inputRows);
        m_bound = bindNode(kind, params, {}, m_folder.path().string()).node;
    }

    bool binds() const { return m_bound != nullptr; }
    std::string replayFault() const {
        return tapeFault(m_kind, m_params, m_folder.path().string(),
                         (m_folder.path() / (kInputFile + ".csv")).string());
    }
    std::string promiseFault() const { return guaranteeFault(m_kind, m_params, *m_bound); }

    /// A source that is left after so many pieces of input, for another of another batch size to go on.
    struct Restart {
        int pieces = -1;  ///< never
        std::size_t batchRows = 1;
    };

    /// Rows, with `wanted` columns built and `shown` ones told; a first line that begins with “it” is the
    /// error.
    Lines rows(std::size_t batchRows, const ColumnSet& wanted, const ColumnSet& shown, const Restart& restart,
               const Amount& amount = {}) const {
        Reading reading{std::make_shared<ManualClock>(), wanted, shown, {}, 0, amount.bytes};
        Status status;
        std::unique_ptr<Source> source = opened(reading, batchRows, nullptr, status);
        std::set<std::string> partitions;
        for (int pieces = 0; source; ++pieces) {
            if (std::string why = progressFault(*source, partitions); !why.empty()) return {why};
            if (pieces == restart.pieces) {
                StateWriter state;
                status = source->snapshot(state);
                const std::string bytes = state.finish();
                batchRows = restart.batchRows;
                if (status.ok()) source = opened(reading, batchRows, &bytes, status);
                if (!status.ok()) break;
            }
            std::unique_ptr<Chunk> chunk;
            status = next(*source, reading, chunk);
            if (!status.ok() || !chunk || reading.lines.size() >= amount.rows) break;
            ParsedChunk parsed;
            status = source->parse(*chunk, parsed);
            if (!status.ok()) break;
            if (std::string why = take(parsed, batchRows, reading); !why.empty()) return {why};
        }
        if (!status.ok()) return {"it fails: " + english(status.error())};
        reading.lines.resize(std::min(reading.lines.size(), amount.rows));
        return reading.lines;
    }

    std::string fault() const {
        const StreamType& stream = m_bound->outputs.front();
        const ColumnSet all(stream.schema->size(), true);
        const Lines whole = rows(kFullBatch, all, all, {});
        if (whole.empty() && m_bound->live && readsThisMachine(m_kind)) return {};
        if (whole.empty()) return said(kFullBatch, "no row comes");
        if (whole.front().starts_with("it ")) return said(kFullBatch, whole.front());
        if (m_bound->live) return {};  // readings of the outside world are not the same twice
        const ColumnSet same = reproducible();
        const Lines again = same == all ? whole : rows(kFullBatch, all, same, {});
        for (const std::size_t size : {1UL, 3UL, 7UL}) {
            const std::string why = firstDifference(again, rows(size, all, same, {}));
            if (!why.empty()) return said(size, why);
        }
        for (std::size_t column = 0; column < all.size(); ++column) {
            if (!same[column]) continue;
            ColumnSet one(all.size(), false);
            one[column] = true;
            ColumnSet wanted = one;
            if (stream.eventTime >= 0) wanted[static_cast<std::size_t>(stream.eventTime)] = true;
            const std::string why = firstDifference(rows(7, all, one, {}), rows(7, wanted, one, {}));
            if (!why.empty()) return said(7, "without the columns that nobody reads: " + why);
        }
        // When a row comes is by the clock, which a run that was left looked at at other times.
        ColumnSet promised = all;
        if (m_params.contains("arrival_time")) promised.back() = false;
        return restartFault(promised);
    }

    /// With more rows at once than a batch has.
    std::string manyFault() const {
        if (m_bound->live) return {};
        const ColumnSet all(m_bound->outputs.front().schema->size(), true), same = reproducible();
        const Amount many{kFullBatch + 900, 1 << 20};
        const std::string why =
            firstDifference(rows(64, all, same, {}, many), rows(kFullBatch, all, same, {}, many));
        return why.empty() ? why : said(kFullBatch, why);
    }

 private:
    struct Reading {
        std::shared_ptr<ManualClock> clock;
        ColumnSet wanted, shown;
        Lines lines;
        std::int64_t first;  ///< number of the next piece's first row
        std::size_t bytes;   ///< read at once
    };

    /// All columns; a server's answers come when they come, so without the time of arrival of its rows.
    ColumnSet reproducible() const {
        ColumnSet same(m_bound->outputs.front().schema->size(), true);
        const bool asksServer =
            std::any_of(m_kind.params.begin(), m_kind.params.end(),
                        [](const ParamSpec& spec) { return namesConnections(spec.kind); });
        if (asksServer && m_params.contains("arrival_time")) same.back() = false;
        return same;
    }

    /// From its beginning, or from a state.
    std::unique_ptr<Source> opened(const Reading& reading, std::size_t batchRows, const std::string* state,
                                   Status& status) const {
        MakeContext context;
        context.node = "n";
        context.clock = reading.clock;
        context.files =
            std::make_shared<ShortReads>(reading.bytes, (m_folder.path() / (kInputFile + ".csv")).string());
        context.folder = m_folder.path().string();
        context.batchRows = batchRows;
        context.wanted = reading.wanted;
        context.connections = outsideConnections(m_kind);
        Result<Made> made = m_kind.make(*m_bound, context);
        status = made.status();
        if (!made.ok()) return nullptr;
        auto source = std::get<std::unique_ptr<Source>>(std::move(*made));
        status = asBound(*source);
        if (!status.ok()) return nullptr;
        if (state) {
            const Result<StateReader> reader = StateReader::open(*state);
            status = reader.ok() ? source->restore(*reader) : reader.status();
        }
        if (status.ok()) status = source->open();
        return status.ok() ? std::move(source) : nullptr;
    }

    /// A replay goes by what was bound, without the source.
    Status asBound(const Source& source) const {
        const StreamType& rows = m_bound->outputs.front();
        if (source.several == rows.sourceOrder)
            return {ErrorCode::Internal,
                    RW_TEXT("test", "Its partitions and StreamType::sourceOrder differ.")};
        if (source.eventTime != rows.eventTime || source.watermarkDelay != m_bound->watermarkDelay)
            return {ErrorCode::Internal, RW_TEXT("test", "It does not get event time as it was bound.")};
        return {};
    }

    /// What it says of how far it is (Source::partitionProgress), of partitions that it told of.
    std::string progressFault(Source& source, std::set<std::string>& partitions) const {
        for (const PartitionEvent& event : source.takePartitionEvents()) partitions.insert(event.name);
        for (const PartitionProgress& progress : source.partitionProgress()) {
            const bool whole = progress.name.empty() && progress.position.empty() && !progress.lag;
            if (whole || (progress.name.empty() && !source.several)) continue;
            if (partitions.count(progress.name) == 0) {
                return fmt::format("it tells how far partition “{}” is, of which it did not tell",
                                   progress.name);
            }
        }
        return {};
    }

    /// The next piece; none where the source ends, or has nothing to say.
    Status next(Source& source, const Reading& reading, std::unique_ptr<Chunk>& chunk) const {
        for (int polls = 1; polls < kMostPolls; ++polls) {
            RW_TRY_ASSIGN(const Poll poll, source.poll(chunk));
            if (poll.kind == Poll::Kind::End || chunk) return {};
            // Those that are served go by the machine's clock, and nobody brings them more.
            if (isServedOutside(m_kind) && !reading.lines.empty() && polls > kQuietPolls) return {};
            // Of those that read what comes from now on.
            if (m_bound->live && reading.lines.empty() && polls % kPollsWithoutRows == 0)
                bringRowsOutside(m_kind);
            reading.clock->advance(std::max<std::int64_t>(1, poll.until - reading.clock->steady));
        }
        return {};
    }

    /// Left after any of the first pieces: the same rows.
    std::string restartFault(const ColumnSet& shown) const {
        const ColumnSet all(shown.size(), true);
        const Lines whole = rows(kFullBatch, all, shown, {});
        for (int pieces = 0; pieces < kPiecesLeft; ++pieces) {
            const Restart restart{pieces, pieces % 2 == 0 ? std::size_t{7} : kFullBatch};
            const std::string why = firstDifference(whole, rows(64, all, shown, restart));
            if (why.empty()) continue;
            return said(64, fmt::format("left after {} pieces of input, gone on with in batches of {}: {}",
                                        pieces, restart.batchRows, why));
        }
        return {};
    }

    std::string take(const ParsedChunk& parsed, std::size_t batchRows, Reading& reading) const {
        std::int64_t last = -1;
        std::map<std::int64_t, std::string> lines;
        const ColumnSet& shown = reading.shown;
        const bool changes = m_bound->outputs.front().sharedPositions;  // a row that was and the one that is
        for (Batch batch : parsed.batches) {
            if (batch.rows > batchRows) return fmt::format("it gives {} rows in a batch", batch.rows);
            if (batch.columns.size() != shown.size()) return "it gives batches without all columns";
            batch.schema = m_bound->outputs.front().schema;
            for (std::size_t column = 0; column < shown.size(); ++column) {
                if (!shown[column]) batch.columns[column] = nullptr;
            }
            for (std::size_t row = 0; row < batch.rows; ++row) {
                const std::int64_t position = batch.positions.known() ? batch.positions.at(row) : -2;
                if (position < last || (position == last && !changes))
                    return fmt::format("it gives row {} after row {}", position, last);
                last = position;
                std::string& line = lines[position];
                line += fmt::format("{}{}: {}", line.empty() ? "" : "; ", reading.first + position,
                                    rowText(batch, row));
                if (batch.kinds) line += fmt::format(" {}", toString(batch.kind(row)));
            }
        }
        for (const BadRow& bad : parsed.bad) {
            const auto number = reading.first + bad.index;
            const std::string line = fmt::format("{}: bad, {}", number, english(bad.reason));
            if (!lines.emplace(bad.index, line).second) return fmt::format("it gives row {} twice", number);
        }
        if (last >= static_cast<std::int64_t>(parsed.rowsRead)) return "it counts fewer rows than it gives";
        for (auto& [position, line] : lines) reading.lines.push_back(std::move(line));
        reading.first += parsed.rowsRead;
        return {};
    }

    std::string said(std::size_t size, const std::string& why) const {
        return fmt::format("{} {}, batches of {} rows: {}", m_kind.type, m_params.dump(), size, why);
    }

    const NodeKind& m_kind;
    const Json& m_params;
    const testing::ScratchFolder m_folder{"source_contract"};
    BoundNodeRef m_bound;
};

}  // namespace

std::string sourceFault(const NodeKind& kind) {
    int tried = 0;
    const std::vector<Json> all = variants(kind);
    for (const Json& params : all) {
        const SourceTrial trial(kind, params);
        if (!trial.binds()) continue;
        ++tried;
        if (std::string fault = trial.promiseFault(); !fault.empty()) return fault;
        if (std::string fault = trial.fault(); !fault.empty()) return fault;
        const SourceTrial many(kind, params, kManyInputRows);
        if (std::string fault = many.manyFault(); !fault.empty()) return fault;
        // Runs take longer than calls: the plainest set and the richest are tried. They can't bear a source
        // that breaks the rest of the contract on purpose.
        if ((tried > 1 && &params != &all.back()) || builtin().find(kind.type) == nullptr) continue;
        if (std::string fault = trial.replayFault(); !fault.empty()) return fault;
    }
    return tried == 0 ? refusal(kind, sampleStream()) : std::string();
}

}  // namespace rw::test
