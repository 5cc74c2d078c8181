// Every node type with an input and an output tells which rows made a row of it.
#include <QtTest>

#include "core/nodes/catalogue.h"
#include "core/stream/lineage/contributors.h"
#include "tests/unit/nodes/contract/contract_params.h"
#include "tests/unit/nodes/contract/sample_rows.h"
#include "tests/unit/nodes/driver.h"

using namespace rw;
using namespace rw::test;

namespace {

/// A type with inputs and outputs that is bound; null: it has none, or gives way to other nodes.
const NodeKind* runningKind(const NodeKind& kind) {
    if (kind.subflow == SubflowRole::Whole) return nullptr;
    const NodeKind* const running = kind.inside ? kind.inside.get() : &kind;
    const Json params = variants(*running).front();
    const NodeKind& ports = withPorts(*running, params);
    return ports.inputs.empty() || ports.outputs.empty() ? nullptr : running;
}

/// One row of NULLs.
Batch nullRow(const SchemaRef& schema) {
    Batch row;
    row.schema = schema;
    row.rows = 1;
    for (const Field& field : schema->fields) row.columns.push_back(Column::nulls(field.type, 1));
    return row;
}

/// What keeps the node type from telling; empty: it does, with all parameters that it is tried with.
std::string fault(const NodeKind& general) {
    bool bound = false;
    for (const Json& params : variants(general)) {
        const NodeKind& kind = withPorts(general, params);
        StreamType stream = sampleStream();
        stream.sourceOrder = true;
        const auto inputs = inputsOf(kind, stream);
        const BoundNodeRef node = bindNode(kind, params, inputs).node;
        if (!node) continue;
        bound = true;
        if (dynamic_cast<const TellsContributors*>(node.get()) == nullptr)
            return "its bound form is no TellsContributors: " + params.dump();
        for (std::size_t port = 0; port < kind.outputs.size(); ++port) {
            AskedRow asked;
            asked.port = static_cast<int>(port);
            asked.row = nullRow(node->outputs[port].schema);
            for (const auto& wires : inputs) asked.inputs.push_back(wires.front());
            // With a position, and without; of a row that is there, and of one of which nothing is known.
            for (const bool positions : {true, false}) {
                asked.row.positions.first = positions ? 5 : -1;
                const auto made = contributorsOf(kind, *node, asked);
                if (!made.ok() && positions) return kind.outputs[port].name + ": " + english(made.error());
                if (!made.ok()) continue;
                if (made->empty()) return kind.outputs[port].name + ": no input has a part in its rows";
                for (const Contributors& each : *made) {
                    if (each.port < 0 || each.port >= static_cast<int>(kind.inputs.size()))
                        return kind.outputs[port].name + ": there is no such input";
                    if (each.words.empty()) return kind.outputs[port].name + ": it has no words";
                }
            }
            for (ColumnRef& column : asked.row.columns) column = nullptr;
            (void)contributorsOf(kind, *node, asked);
        }
    }
    return bound ? std::string() : refusal(general, sampleStream());
}

}  // namespace

class TestContributors : public QObject {
    Q_OBJECT
 private Q_SLOTS:
    void everyNodeTypeTells_data() {
        QTest::addColumn<int>("index");
        static const Catalogue kinds = builtin();
        for (std::size_t i = 0; i < kinds.kinds().size(); ++i) {
            if (runningKind(kinds.kinds()[i]) != nullptr)
                QTest::newRow(kinds.kinds()[i].type.c_str()) << static_cast<int>(i);
        }
    }
    void everyNodeTypeTells() {
        QFETCH(int, index);
        static const Catalogue kinds = builtin();
        const std::string why = fault(*runningKind(kinds.kinds()[static_cast<std::size_t>(index)]));
        QVERIFY2(why.empty(), why.c_str());
    }
};

QTEST_APPLESS_MAIN(TestContributors)
#include "test_contributors.moc"
