// What is selected exists: others look nodes up by it without asking again.
#include <QtTest>

#include "core/nodes/catalogue.h"
#include "widgets/document/pipeline_document.h"

using namespace rw;
using namespace rw::ui;

class TestSelection : public QObject {
    Q_OBJECT
 private Q_SLOTS:
    void nodesThatAreGoneAreNotSelected() {
        const Catalogue catalogue = builtin();
        PipelineDocument document(catalogue);
        const NodeId gone = document.addNode({"filter", Json::object()}, {});
        const NodeId kept = document.addNode({"filter", Json::object()}, {});
        document.selection().set({gone, kept});
        document.remove({gone}, {});
        QCOMPARE(document.selection().nodes(), std::vector<NodeId>{kept});
        document.selection().set({gone, kept});
        QCOMPARE(document.selection().nodes(), std::vector<NodeId>{kept});
        document.selection().toggle(gone);
        QCOMPARE(document.selection().nodes(), std::vector<NodeId>{kept});
        document.selection().reveal(gone);  // as by a line of the log
        QVERIFY(document.selection().empty());
        document.undoStack().undo();
        document.selection().set({gone});
        QVERIFY(document.selection().single() != nullptr);
    }
};

QTEST_MAIN(TestSelection)
#include "test_selection.moc"
