// Pipelines for campaigns: their input takes a second or so, so that there is time to disturb them, and
// their output must be the same however often that was done.
#pragma once
#include <QByteArray>
#include <QByteArrayList>
#include <QStringList>
#include <functional>
#include <utility>
#include <vector>

#include "tests/cli/sink_fixture.h"

namespace rw::testing {

/// A sink of a pipeline, and how its output is read again. A sink of another type is a function like
/// the one below, or a case in it.
struct CampaignOutput {
    QByteArray id{};
    QByteArray node{};  ///< the sink, as JSON
    /// All rows, sorted, one a line. Where it can't be read, the error.
    std::function<QByteArray(const SinkFixture&)> rows{};
};

/// By its ending `file` is a CSV file, one of NDJSON, or else a database with a table called `id`, in `mode`
/// of sqlite_sink.
CampaignOutput outputOf(const QByteArray& id, const QByteArray& mode, const QByteArray& file);

/// Lets t.rill run its code of Python, whose fingerprint the refusal names, until this program ends.
void allowCode(const SinkFixture& fixture);

struct Campaign {
    QByteArray name{};
    QByteArrayList nodes{}, wires{};  ///< but for the outputs and the source “src”
    std::vector<CampaignOutput> outputs{};
    int leastRows = 0;  ///< that its outputs have together
    std::vector<std::pair<QString, QByteArray>> files{};  ///< beside the pipeline, by their names
    bool runsCode = false;                                ///< of Python; writeTo() allows it

    /// t.rill and its input.
    void writeTo(const SinkFixture& fixture) const;
    /// Of all outputs.
    QByteArray rowsOf(const SinkFixture& fixture) const;
};

/// Where the checkpoints of a campaign are.
struct CampaignPlace {
    const char* name;
    const char* second;   ///< the file of the other output
    const char* ownFile;  ///< --checkpoint-dir; null: in the first sink's file
};
inline constexpr CampaignPlace kPlaces[] = {
    {"in the file of the sinks", "x.db", nullptr},
    {"in one of two files", "y.db", nullptr},
    {"in a file of its own", "x.db", "kept"},
    {"in a file of its own, beside two", "y.db", "kept"},
    {"beside a CSV file", "passed.csv", nullptr},
    {"in a file of its own, beside one of NDJSON", "passed.ndjson", "kept"}};

/// Words of a run whose state is in files, as far as its nodes can have it there.
inline QStringList stateInFiles() {
    return {QStringLiteral("--state-memory"), QStringLiteral("1KB")};
}

/// One of each family: tumbling windows, sessions, joins, top-N, groups, models that learn, recommendations,
/// patterns, a function of Python, the newest and the first row of each key, rows in order. Each writes its
/// results into the database `first` and every second row into `second`, which may be the same file or one of
/// another format.
std::vector<Campaign> campaigns(const QByteArray& second, const QByteArray& first = "x.db");

}  // namespace rw::testing
