// Variants of one small pipeline, in a folder of its own.
#pragma once
#include <QTemporaryDir>
#include <QtTest/QtTest>
#include <string>

#include "core/data/text.h"
#include "core/nodes/catalogue.h"
#include "core/pipeline/json/json.h"
#include "core/what_if/settings.h"
#include "core/what_if/what_if.h"

namespace rw::test {

inline const Catalogue& triedKinds() {
    static const Catalogue kBuiltin = builtin();
    return kBuiltin;
}

// One row that a condition drops, one that can't be read, and one that comes when its window has closed.
inline constexpr const char* kTriedRows =
    "k,v,ts\n"
    "x,1,2024-03-01 12:00:00\n"
    "y,5,2024-03-01 12:00:01\n"
    "x,-2,2024-03-01 12:00:02\n"
    "x,3,2024-03-01 12:00:07\n"
    "a,9,2024-03-01 12:00:30\n"
    "x,4,2024-03-01 12:00:05\n"
    "x,q,2024-03-01 12:00:06\n"
    "z,1,2024-03-01 12:00:31\n";

inline constexpr const char* kTriedSource =
    R"json({ "id": "orders", "type": "csv_source", "params": { "path": "a.csv",
        "columns": ["k STRING", "v INT", "ts TIMESTAMP(3)"], "event_time": "ts", "watermark_delay": "5s" } })json";
inline constexpr const char* kTriedNodes =
    R"json(, { "id": "good", "type": "filter", "params": { "condition": "v > ${least}" } },
      { "id": "per_key", "type": "window_aggregate", "params": { "window": "tumble", "size": "10s", "keys": ["k"],
        "aggregates": ["COUNT(*) AS n", "SUM(v) AS total"] } },
      { "id": "out", "type": "csv_sink", "params": { "path": "out.csv" } })json";
inline constexpr const char* kTriedWires =
    R"json({ "from": "orders", "to": "good" }, { "from": "good", "to": "per_key" },
           { "from": "per_key", "to": "out" })json";

inline Pipeline pipelineOf(const std::string& nodes, const std::string& wires) {
    const Result<Loaded> loaded =
        loadPipeline(R"json({ "rill": 1, "name": "t", "variables": { "least": "0" }, "nodes": [)json" +
                     nodes + R"json(], "wires": [)json" + wires + "] }");
    if (!loaded.ok()) qFatal("%s", english(loaded.error()).c_str());
    return loaded->pipeline;
}

class TriedFixture {
 public:
    TriedFixture() { write("a.csv", kTriedRows); }

    std::string folder() const { return m_folder.path().toStdString(); }
    void write(const std::string& name, const std::string& content) const {
        QFile file(QString::fromStdString(folder() + "/" + name));
        if (!file.open(QIODevice::WriteOnly) ||
            file.write(content.data(), static_cast<qint64>(content.size())) < 0)
            qFatal("can't write %s", name.c_str());
    }
    /// A variant for each text.
    WhatIfRequest request(const std::vector<std::string>& variants) const {
        WhatIfRequest request{m_pipeline, triedKinds()};
        request.validating.folder = folder();
        for (const std::string& text : variants) {
            const Result<WrittenVariant> written = parseVariant(text);
            if (!written.ok()) qFatal("%s", english(written.error()).c_str());
            request.variants.push_back({text, {}, written->settings});
        }
        return request;
    }
    Result<WhatIfAnswer> tried(const std::vector<std::string>& variants) const {
        return whatIf(request(variants));
    }
    Pipeline& pipeline() { return m_pipeline; }

 private:
    QTemporaryDir m_folder;
    Pipeline m_pipeline = pipelineOf(std::string(kTriedSource) + kTriedNodes, kTriedWires);
};

/// A row as “2024-03-01 12:00:00.000 x 2 4”.
inline QString rowWords(const WhatIfDifference& difference, const WhatIfRow& row) {
    QStringList words;
    for (std::size_t i = 0; i < row.size(); ++i)
        words << (isNull(row[i]) ? QStringLiteral("NULL")
                                 : QString::fromStdString(toText(row[i], difference.schema->fields[i].type)));
    return words.join(QLatin1Char(' '));
}

/// “same changed onlyA onlyB”.
inline QString counts(const WhatIfDifference& difference) {
    if (!difference.compared()) return QString::fromStdString(english(difference.missing));
    return QStringLiteral("%1 %2 %3 %4")
        .arg(difference.same)
        .arg(difference.changed.size())
        .arg(difference.onlyA.size())
        .arg(difference.onlyB.size());
}

/// The names of the columns that changed.
inline QString changedColumns(const WhatIfDifference& difference, std::size_t number) {
    QStringList names;
    const WhatIfChange& change = difference.changed.at(number);
    for (std::size_t i = 0; i < change.changed.size(); ++i) {
        if (change.changed[i]) names << QString::fromStdString(difference.schema->fields[i].name);
    }
    return names.join(QLatin1Char(' '));
}

}  // namespace rw::test
