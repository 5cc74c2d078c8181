// Looks at pipelines that tests write as text, in a folder of their own.
#pragma once
#include <QTemporaryDir>
#include <QtTest/QtTest>
#include <filesystem>
#include <string>

#include "core/data/text.h"
#include "core/look/look.h"
#include "core/look/row_matches.h"
#include "core/nodes/catalogue.h"
#include "core/pipeline/json/json.h"

namespace rw::test {

inline const Catalogue& lookedKinds() {
    static const Catalogue kBuiltin = builtin();
    return kBuiltin;
}

/// A folder with a pipeline in it, and the question that is asked about it.
class LookFixture {
 public:
    std::string path(const std::string& name) const { return m_folder.path().toStdString() + "/" + name; }
    void write(const std::string& name, const std::string& content) const {
        std::filesystem::create_directories(std::filesystem::path(path(name)).parent_path());
        QFile file(QString::fromStdString(path(name)));
        if (!file.open(QIODevice::WriteOnly) ||
            file.write(content.data(), static_cast<qint64>(content.size())) < 0)
            qFatal("can't write %s", name.c_str());
    }
    /// `nodes` and `wires` as the file has them in their lists.
    void setPipeline(const std::string& nodes, const std::string& wires) {
        const Result<Loaded> loaded = loadPipeline(R"json({ "rill": 1, "name": "t", "nodes": [)json" + nodes +
                                                   R"json(], "wires": [)json" + wires + "] }");
        if (!loaded.ok()) qFatal("%s", english(loaded.error()).c_str());
        m_pipeline = loaded->pipeline;
    }
    LookRequest request(const NodeId& node) const {
        LookRequest request{m_pipeline, lookedKinds()};
        request.validating.folder = m_folder.path().toStdString();
        request.node = node;
        request.longest = 120'000;  // other work may keep the processor from it
        return request;
    }
    LookResult look(const NodeId& node) const { return rw::look(request(node)); }
    Pipeline& pipeline() { return m_pipeline; }

 private:
    QTemporaryDir m_folder;
    Pipeline m_pipeline{};
};

/// The rows of a port as text, “a=1, b=x”.
inline QStringList textsOf(const LookedPort& port) {
    QStringList texts;
    for (const Batch& batch : port.batches) {
        for (std::size_t row = 0; row < batch.rows; ++row)
            texts.append(QString::fromStdString(rowText(batch, row)));
    }
    return texts;
}

/// All that a look has against it.
inline QByteArray faultsOf(const LookResult& result) {
    std::string text;
    for (const Issue& issue : result.issues) text += english(issue) + "\n";
    if (!result.failed.ok()) text += english(result.failed.error()) + "\n";
    for (const LookedSource& source : result.sources) {
        if (!source.missing.empty()) text += source.node + ": " + english(source.missing) + "\n";
    }
    return QByteArray::fromStdString(text);
}

inline const char* fateName(RowFate fate) {
    switch (fate) {
        case RowFate::Passed:
            return "passed";
        case RowFate::Dropped:
            return "dropped";
        case RowFate::Late:
            return "late";
        case RowFate::Rejected:
            return "rejected";
        case RowFate::Used:
            return "used";
        case RowFate::Open:
            return "open";
        case RowFate::Unknown:
            break;
    }
    return "unknown";
}

/// What became of the rows of an input, each in a word; of those that passed also the row that they became.
inline QStringList fatesOf(const LookResult& result, std::size_t input = 0) {
    QStringList fates;
    const RowMatches matches = matchRows(result);
    for (const CameIn& in : matches.inputs.at(input)) {
        QString text = QString::fromLatin1(fateName(in.fate));
        if (in.fate == RowFate::Passed) text += QStringLiteral(" %1.%2").arg(in.output).arg(in.row);
        fates.append(text);
    }
    return fates;
}

/// Nodes and wires of a generator-free pipeline: five orders in a CSV file, the fourth without a number.
inline const char* kOrders =
    "id,ts,shop,amount\n"
    "1,2024-03-01 09:00:01,graz,10.5\n"
    "2,2024-03-01 09:00:02,wien,3\n"
    "3,2024-03-01 09:00:03,graz,7\n"
    "4,2024-03-01 09:00:04,linz,n/a\n"
    "5,2024-03-01 09:00:15,graz,1\n";
inline const char* kOrdersSource =
    R"json({ "id": "orders", "type": "csv_source", "params": { "path": "orders.csv",
        "columns": ["id BIGINT", "ts TIMESTAMP(3)", "shop STRING", "amount STRING"], "event_time": "ts" } })json";
inline const char* kAmounts =
    R"json({ "id": "amounts", "type": "select", "params": { "columns": ["id", "ts", "CAST(amount AS DOUBLE) AS eur"] } })json";

}  // namespace rw::test
