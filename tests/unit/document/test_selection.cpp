// The selection, and the names of its items: nodes, wires and comments.
#include <QtTest>

#include "core/nodes/catalogue.h"
#include "core/pipeline/json/json.h"
#include "widgets/document/pipeline_document.h"

using namespace rw;
using namespace rw::ui;

class TestSelection : public QObject {
    Q_OBJECT

    const Catalogue m_catalogue = builtin();

 private Q_SLOTS:
    /// Others look nodes up by it without asking again.
    void nodesThatAreGoneAreNotSelected() {
        PipelineDocument document(m_catalogue);
        const NodeId gone = document.addNode({"filter", Json::object()}, {});
        const NodeId kept = document.addNode({"filter", Json::object()}, {});
        document.selection().set({gone, kept});
        document.remove({gone});
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

    void itemsOfAllKindsAreSelectedTogether() {
        PipelineDocument document(m_catalogue);
        const NodeId a = document.addNode({"this_computer"}, {}), b = document.addNode({"union"}, {});
        document.connectPorts({a, "out"}, {b, "in"});
        const Wire wire = document.pipeline().wires.front();
        const NoteId note = document.addNote({"words", {}});
        Selection& selection = document.selection();
        QCOMPARE(selection.items(), std::vector<ItemRef>{note});  // an added item is selected
        selection.set({b, note, wire, b});
        QCOMPARE(selection.items(), (std::vector<ItemRef>{b, note, wire}));
        QCOMPARE(selection.nodes(), std::vector<NodeId>{b});
        QCOMPARE(selection.wires(), std::vector<Wire>{wire});
        QCOMPARE(selection.notes(), std::vector<NoteId>{note});
        QVERIFY(selection.contains(note) && !selection.contains(a));
        QVERIFY(selection.single() == nullptr);
        document.remove({note, wire});
        QCOMPARE(selection.items(), std::vector<ItemRef>{b});
        QVERIFY(selection.single() == document.node(b));
        document.undoStack().undo();
        selection.selectAll();
        QCOMPARE(selection.items().size(), std::size_t{4});
        document.remove(selection.items());
        QVERIFY(selection.empty());
        QCOMPARE(document.undoStack().undoText(), QStringLiteral("Delete 3 items"));
    }

    void aWireIsTheTwoPortsThatItJoins() {
        const ItemRef wire = Wire{{"a", "out"}, {"b", "in"}, Json{{"of a later version", 1}}};
        const ItemRef same = Wire{{"a", "out"}, {"b", "in"}};
        QVERIFY(wire == same);
        QCOMPARE(std::hash<ItemRef>()(wire), std::hash<ItemRef>()(same));
        QVERIFY(!(wire == ItemRef(Wire{{"a", "late"}, {"b", "in"}})));
        QVERIFY(!(wire == ItemRef("a")));
        QVERIFY(ItemRef(NodeId()).empty() && ItemRef(NodeId()) == ItemRef());
    }

    /// Through edits, moves and sizes, taken back and done again.
    void aCommentKeepsItsName() {
        PipelineDocument document(m_catalogue);
        const NoteId first = document.addNote({"first", {0, 0}});
        const NoteId second = document.addNote({"second", {0, 0}});
        QVERIFY(first != second);
        document.setNote(second, {"other words", {0, 0}}, QStringLiteral("Change"));
        document.move({{second, {48, 48}}, {first, {16, 16}}});
        document.sizeNotes({{second, {320, 160}}});
        QVERIFY(document.note(second)->text == "other words" && document.note(second)->size.x == 320);
        document.remove({first});
        QVERIFY(document.note(first) == nullptr);
        QCOMPARE(document.notes(), std::vector<NoteId>{second});
        const std::string bytes = savePipeline(document.pipeline());
        QUndoStack& undo = document.undoStack();
        undo.undo();
        QCOMPARE(document.notes(), (std::vector<NoteId>{first, second}));
        QVERIFY(document.note(first)->text == "first");
        undo.setIndex(0);
        QVERIFY(document.notes().empty());
        undo.setIndex(undo.count());
        QCOMPARE(document.notes(), std::vector<NoteId>{second});
        QCOMPARE(savePipeline(document.pipeline()), bytes);
        QVERIFY(document.addNote({"third", {}}) != first);  // the name of one that is gone is not given again
    }

    /// It is the session's: another opening of the same bytes has other names.
    void namesOfCommentsAreNotSaved() {
        PipelineDocument document(m_catalogue);
        const NoteId note = document.addNote({"words", {}});
        const std::string bytes = savePipeline(document.pipeline());
        QVERIFY(document.restore(bytes, {}, {}).ok());
        QCOMPARE(document.notes().size(), std::size_t{1});
        QVERIFY(document.notes().front() != note);
        QVERIFY(document.note(note) == nullptr);
        QCOMPARE(savePipeline(document.pipeline()), bytes);
    }

    void changesSayWhichComments() {
        PipelineDocument document(m_catalogue);
        using Kind = DocumentChange::Kind;
        std::vector<std::pair<Kind, std::vector<ItemRef>>> told;
        connect(&document, &PipelineDocument::changed, this,
                [&](const DocumentChange& change) { told.emplace_back(change.kind, change.items); });
        const NoteId note = document.addNote({"words", {}});
        document.move({{note, {16, 16}}});
        document.remove({note});
        document.undoStack().undo();
        const std::vector<ItemRef> it{note};
        QVERIFY((told == std::vector<std::pair<Kind, std::vector<ItemRef>>>{{Kind::NotesAdded, it},
                                                                            {Kind::NotesChanged, it},
                                                                            {Kind::NotesRemoved, it},
                                                                            {Kind::NotesAdded, it}}));
    }

    void smallStepsOfACommentAreOneStep() {
        PipelineDocument document(m_catalogue);
        const NodeId node = document.addNode({"union"}, {});
        const NoteId note = document.addNote({"words", {}, {240, 80}});
        const int steps = document.undoStack().count();
        for (double x = 16; x <= 64; x += 16) document.move({{note, {x, 0}}, {node, {x, 0}}}, true);
        QCOMPARE(document.undoStack().count(), steps + 1);
        for (double x = 256; x <= 320; x += 16) document.sizeNotes({{note, {x, 80}}}, true);
        QCOMPARE(document.undoStack().count(), steps + 2);
        QCOMPARE(document.note(note)->size.x, 320.0);
        document.undoStack().undo();
        QVERIFY((document.note(note)->size == Point{240, 80}));
        document.undoStack().undo();
        QVERIFY((document.note(note)->at == Point{0, 0} && document.node(node)->at == Point{0, 0}));
        document.undoStack().redo();
        QVERIFY((document.note(note)->at == Point{64, 0} && document.node(node)->at == Point{64, 0}));
        // There and back is nothing.
        document.sizeNotes({{note, {256, 80}}}, true);
        document.sizeNotes({{note, {240, 80}}}, true);
        QCOMPARE(document.undoStack().index(), steps + 1);
    }

    void commentsAreCopiedWithNodes() {
        PipelineDocument document(m_catalogue);
        const NodeId node = document.addNode({"union"}, {32, 64});
        const NoteId note = document.addNote({"words", {16, 16}});
        document.copy({node, note});
        document.paste({116, 216});
        QCOMPARE(document.pipeline().notes.size(), std::size_t{2});
        QVERIFY((document.pipeline().notes.back().at == Point{116, 216}));
        QVERIFY((document.pipeline().nodes.back().at == Point{132, 264}));
        const std::vector<ItemRef> pasted{document.pipeline().nodes.back().id, document.notes().back()};
        QCOMPARE(document.selection().items(), pasted);
        document.cut({note});
        QCOMPARE(document.notes().size(), std::size_t{1});
        QVERIFY(document.note(note) == nullptr);
        QVERIFY(document.canPaste());  // a comment alone
        document.duplicate({document.notes().front()}, {8, 8});
        QVERIFY((document.pipeline().notes.back().at == Point{124, 224}));
    }
};

QTEST_MAIN(TestSelection)
#include "test_selection.moc"
