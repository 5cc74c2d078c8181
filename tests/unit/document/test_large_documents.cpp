// Twenty thousand nodes: any change of many of them looks at each a few times. Counted, not timed: a
// count is the same on every machine, and looking for each among all would make it hundreds of millions.
#include <QtTest>

#include "core/nodes/catalogue.h"
#include "core/pipeline/json/json.h"
#include "widgets/document/pipeline_document.h"

using namespace rw;
using namespace rw::ui;

namespace {

constexpr std::size_t kNodes = 20'000;
constexpr quint64 kFew = 8;

NodeId nodeAt(std::size_t place) {
    return "union_" + std::to_string(place);
}

/// A chain with a comment for every tenth node.
Pipeline chain() {
    Pipeline pipeline;
    for (std::size_t i = 0; i < kNodes; ++i) {
        const double x = 240.0 * static_cast<double>(i % 200), y = 176.0 * static_cast<double>(i / 200);
        pipeline.nodes.push_back({.id = nodeAt(i), .type = "union", .title = "Same", .at = {x, y}});
        if (i > 0) pipeline.wires.push_back({{nodeAt(i - 1), "out"}, {nodeAt(i), "in"}});
        if (i % 10 == 0) pipeline.notes.push_back({"words", {x, y}});
    }
    return pipeline;
}

}  // namespace

class TestLargeDocuments : public QObject {
    Q_OBJECT

    const Catalogue m_catalogue = builtin();
    std::unique_ptr<PipelineDocument> m_document;
    quint64 m_visited = 0, m_compared = 0;

    void start() {
        m_visited = m_document->nodesVisited();
        m_compared = ItemRef::comparisons();
    }
    /// Whether so many nodes and comparisons of items, at most, were needed since start() for each of
    /// `items`.
    bool needed(quint64 each, std::size_t items) const {
        const quint64 visited = m_document->nodesVisited() - m_visited;
        const quint64 compared = ItemRef::comparisons() - m_compared;
        const quint64 most = each * items;
        if (visited > most || compared > most)
            qWarning("%llu nodes visited, %llu items compared", visited, compared);
        return visited <= most && compared <= most;
    }

 private Q_SLOTS:
    void init() {
        m_document = std::make_unique<PipelineDocument>(m_catalogue);
        QVERIFY(m_document->restore(savePipeline(chain()), {}, {}).ok());
    }
    void cleanup() { m_document.reset(); }

    void selectingAll() {
        start();
        m_document->selection().selectAll();
        const std::size_t all = m_document->selection().items().size();
        QCOMPARE(all, 2 * kNodes - 1 + kNodes / 10);
        QVERIFY(needed(kFew, all));
    }

    void movingAll() {
        std::vector<std::pair<ItemRef, Point>> targets;
        for (const Node& node : m_document->pipeline().nodes)
            targets.emplace_back(node.id, Point{node.at.x + 16, node.at.y});
        for (const NoteId note : m_document->notes()) targets.emplace_back(note, Point{1, 1});
        start();
        m_document->move(targets);
        QVERIFY(needed(kFew, targets.size()));
        QCOMPARE(m_document->node(nodeAt(1))->at.x, 256.0);
        start();
        m_document->move(targets, true);
        m_document->undoStack().undo();
        QVERIFY(needed(kFew, targets.size()));
        QCOMPARE(m_document->node(nodeAt(1))->at.x, 240.0);
    }

    void disablingAndCollapsingAll() {
        std::vector<NodeId> all;
        for (const Node& node : m_document->pipeline().nodes) all.push_back(node.id);
        start();
        m_document->setDisabled(all, true);
        m_document->setCollapsed(all, true);
        QVERIFY(needed(kFew, kNodes));
        QVERIFY(m_document->node(nodeAt(7))->disabled && m_document->node(nodeAt(7))->collapsed);
    }

    void removingAllThatIsSelected() {
        m_document->selection().selectAll();
        start();
        m_document->remove(m_document->selection().items());
        QVERIFY(needed(kFew, 2 * kNodes));
        QVERIFY(m_document->pipeline().nodes.empty() && m_document->selection().empty());
        start();
        m_document->undoStack().undo();
        QVERIFY(needed(kFew, 2 * kNodes));
        QCOMPARE(m_document->pipeline().nodes.size(), kNodes);
    }

    /// Every copy needs a free id and a free title, and all have the same.
    void duplicatingAll() {
        std::vector<ItemRef> all;
        for (const Node& node : m_document->pipeline().nodes) all.emplace_back(node.id);
        start();
        const std::vector<NodeId> copies = m_document->duplicate(all);
        QVERIFY(needed(kFew, 2 * kNodes));
        QCOMPARE(copies.size(), kNodes);
        QCOMPARE(m_document->node(copies.back())->title, "Same " + std::to_string(kNodes + 1));
    }

    /// Undoing many parameters is told once, not once for each.
    void changesOfManyNodesAreToldOnce() {
        Pipeline other = m_document->pipeline();
        for (Node& node : other.nodes) node.params["x"] = 1;
        m_document->revertTo(other, QStringLiteral("Revert"));
        int told = 0;
        std::size_t nodes = 0;
        connect(m_document.get(), &PipelineDocument::changed, this, [&](const DocumentChange& change) {
            ++told;
            nodes += change.items.size();
        });
        start();
        m_document->undoStack().undo();
        QCOMPARE(told, 1);
        QCOMPARE(nodes, kNodes);
        QVERIFY(needed(kFew, kNodes));
    }
};

QTEST_MAIN(TestLargeDocuments)
#include "test_large_documents.moc"
