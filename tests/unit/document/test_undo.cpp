// Undo takes back exactly the last step, of any kind.
#include <QtTest/QtTest>
#include <cmath>

#include "core/nodes/catalogue.h"
#include "core/pipeline/json/json.h"
#include "core/pipeline/limits.h"
#include "tests/support/random_cases.h"
#include "tests/unit/document/random_editor.h"

using namespace rw;
using namespace rw::ui;

class TestUndo : public QObject {
    Q_OBJECT
 private Q_SLOTS:
    void randomEditsAreTakenBackAndDoneAgain_data();
    void randomEditsAreTakenBackAndDoneAgain();
    void everyStepHasAName();
    void editsOfOneFieldAreOneStep();
    void editingBackToTheOldValueIsNoStep();
    void wiresFollowTheNameOfTheirPort();
    void aNameMayBeAnothersOnTheWay();
    void smallMovesAreOneStep();
    void nothingGetsOutOfReach();
    void deletingTakesWiresAndCardsAlong();
    void reconnectingJoinsNeighbours();
    void reconnectingRefusesWhatDoesNotFit();
    void duplicatesKeepTheirInputs();
    void pasteToleratesForeignText();
    void aSecondWireReplacesTheFirst();
    void fieldsDoNotEditInTheMiddleOfAStep();
    void quickFixesFix();
    void aDoubleClickOnAFixFixesOnce();
    void aFixOfSeveralChangesIsOneStep();
    void whatAFixInsertsLiesOnNoOtherCard();
    void aStaleFixIsNoStep();
    void revertingKeepsPlacesAndTitles();

 private:
    const Catalogue m_catalogue = builtin();
};

void TestUndo::randomEditsAreTakenBackAndDoneAgain_data() {
    QTest::addColumn<unsigned>("seed");
    for (const unsigned seed : test::seedsOf(test::suites::Edits)) QTest::addRow("seed %u", seed) << seed;
}

// After each edit the pipeline can be loaded from its bytes. These and the names of its comments are kept by
// the index of the undo stack; going down and up again must give the same.
void TestUndo::randomEditsAreTakenBackAndDoneAgain() {
    QFETCH(unsigned, seed);
    PipelineDocument document(m_catalogue);
    RandomEditor editor(document, seed);
    QUndoStack& stack = document.undoStack();
    std::vector<std::string> states{savePipeline(document.pipeline())};
    std::vector<std::vector<NoteId>> notes{{}};  // they are not in the bytes
    for (int i = 0; i < 120; ++i) {
        editor.edit();
        states.resize(static_cast<std::size_t>(stack.index()) + 1);
        states.back() = savePipeline(document.pipeline());
        const Result<Loaded> again = loadPipeline(states.back());
        QVERIFY2(again.ok(), again.ok() ? "" : english(again.error()).c_str());
        notes.resize(states.size());
        notes.back() = document.notes();
        QCOMPARE(document.notes().size(), document.pipeline().notes.size());
    }
    const int last = stack.index();
    QVERIFY(last > 20);
    for (int index = last; index >= 0; --index) {
        stack.setIndex(index);
        QVERIFY2(savePipeline(document.pipeline()) == states[static_cast<std::size_t>(index)],
                 qPrintable(stack.text(index)));
        QCOMPARE(document.notes(), notes[static_cast<std::size_t>(index)]);
    }
    for (int index = 0; index <= last; ++index) {
        stack.setIndex(index);
        QVERIFY2(savePipeline(document.pipeline()) == states[static_cast<std::size_t>(index)],
                 qPrintable(stack.text(index)));
        QCOMPARE(document.notes(), notes[static_cast<std::size_t>(index)]);
    }
}

void TestUndo::everyStepHasAName() {
    PipelineDocument document(m_catalogue);
    RandomEditor editor(document, 99);
    for (int i = 0; i < 300; ++i) editor.edit();
    QVERIFY(document.undoStack().count() > 50);
    for (int i = 0; i < document.undoStack().count(); ++i)
        QVERIFY2(!document.undoStack().text(i).isEmpty(), qPrintable(QString::number(i)));
}

void TestUndo::editsOfOneFieldAreOneStep() {
    PipelineDocument document(m_catalogue);
    const NodeId filter = document.addNode({"filter"}, {});
    for (const char* text : {"l", "lo", "loa", "load"}) document.setParam(filter, "condition", text);
    QCOMPARE(document.undoStack().count(), 2);
    document.setParam(filter, "on_error", "fail");
    QCOMPARE(document.undoStack().count(), 3);
    document.undoStack().undo();
    document.undoStack().undo();
    QVERIFY(document.pipeline().find(filter)->params.empty());
}

void TestUndo::editingBackToTheOldValueIsNoStep() {
    PipelineDocument document(m_catalogue);
    const NodeId filter = document.addNode({"filter"}, {});
    document.setParam(filter, "condition", "a");
    document.undoStack().setClean();
    document.setTitle(filter, QStringLiteral("between"));
    document.undoStack().undo();
    document.setParam(filter, "condition", "ab");
    document.setParam(filter, "condition", "a");
    QCOMPARE(document.undoStack().index(), 2);
    QVERIFY(!document.isModified());
}

// Letter by letter: also on the way, when the name is nothing that a port could be called.
void TestUndo::wiresFollowTheNameOfTheirPort() {
    PipelineDocument document(m_catalogue);
    const auto branches = [](const char* first) {
        return Json::array({std::string(first) + ": a > 1", "other: a > 0"});
    };
    const NodeId route =
        document.addNode({"route", {{"branches", branches("big")}}, QStringLiteral("Route")}, {0, 0});
    const NodeId sink = document.addNode({"table_view", Json::object(), QStringLiteral("Table")}, {300, 0});
    const NodeId rest = document.addNode({"table_view", Json::object(), QStringLiteral("Rest")}, {300, 200});
    document.connectPorts({route, "big"}, {sink, "in"});
    document.connectPorts({route, "other"}, {rest, "in"});
    const std::string before = savePipeline(document.pipeline());
    const int step = document.undoStack().index();
    for (const char* typed : {"bi", "b", "", "h", "hu", "huge"})
        document.setParam(route, "branches", branches(typed));
    QCOMPARE(document.pipeline().wires[0].from.port, std::string("huge"));
    QCOMPARE(document.pipeline().wires[1].from.port, std::string("other"));
    QCOMPARE(document.undoStack().index(), step + 1);
    for (const char* typed : {"hug", "bug", "big"}) document.setParam(route, "branches", branches(typed));
    QCOMPARE(document.undoStack().index(), step);  // as if nothing was typed
    QVERIFY(savePipeline(document.pipeline()) == before);
    for (const char* typed : {"h", "huge"}) document.setParam(route, "branches", branches(typed));
    const std::string after = savePipeline(document.pipeline());
    document.undoStack().undo();
    QVERIFY(savePipeline(document.pipeline()) == before);
    document.undoStack().redo();
    QVERIFY(savePipeline(document.pipeline()) == after);
    // Branches that change places keep their names, and so their wires.
    document.setParam(route, "branches", Json::array({"other: a > 0", "huge: a > 1"}));
    QCOMPARE(document.pipeline().wires[0].from.port, std::string("huge"));
}

// “ab” stands for the second branch until that is taken over, and for it again when the first is called
// “abc”.
void TestUndo::aNameMayBeAnothersOnTheWay() {
    PipelineDocument document(m_catalogue);
    const auto branches = [](const std::string& first, const std::string& second) {
        return Json::array({first + ": v > 1", second + ": v > 0"});
    };
    const NodeId route =
        document.addNode({"route", {{"branches", branches("a", "ab")}}, QStringLiteral("Route")}, {0, 0});
    const NodeId sink = document.addNode({"table_view", Json::object(), QStringLiteral("Table")}, {300, 0});
    const NodeId rest = document.addNode({"table_view", Json::object(), QStringLiteral("Rest")}, {300, 200});
    document.connectPorts({route, "a"}, {sink, "in"});
    document.connectPorts({route, "ab"}, {rest, "in"});
    const auto ports = [&] {
        const std::vector<Wire>& wires = document.pipeline().wires;
        return QString::fromStdString(wires[0].from.port + ", " + wires[1].from.port);
    };
    const std::string before = savePipeline(document.pipeline());
    const int step = document.undoStack().index();
    document.setParam(route, "branches", branches("ab", "ab"));
    QCOMPARE(ports(), QStringLiteral("ab, branch #2"));
    document.setParam(route, "branches", branches("abc", "ab"));
    QCOMPARE(ports(), QStringLiteral("abc, ab"));
    // The second one gives way instead.
    document.setParam(route, "branches", branches("ab", "ab"));
    document.setParam(route, "branches", branches("ab", "a"));
    QCOMPARE(ports(), QStringLiteral("ab, a"));
    while (document.undoStack().index() > step) document.undoStack().undo();
    QVERIFY(savePipeline(document.pipeline()) == before);
}

void TestUndo::smallMovesAreOneStep() {
    PipelineDocument document(m_catalogue);
    const NodeId node = document.addNode({"filter"}, {});
    for (double x = 16; x <= 64; x += 16) document.move({{node, {x, 0}}}, true);
    QCOMPARE(document.undoStack().count(), 2);
    document.move({{node, {0, 300}}});
    QCOMPARE(document.undoStack().count(), 3);
    document.undoStack().undo();
    QCOMPARE(document.pipeline().find(node)->at.x, 64.0);
}

// Where no file can say it is.
void TestUndo::nothingGetsOutOfReach() {
    PipelineDocument document(m_catalogue);
    const NodeId node = document.addNode({"union"}, {3e6, 0});
    const NoteId note = document.addNote({"words", {0, -3e6}, {96, 48}});
    QCOMPARE(document.node(node)->at.x, kFarthest);
    QCOMPARE(document.note(note)->at.y, -kFarthest);
    const int steps = document.undoStack().index();
    document.move({{node, {3e6, 0}}});
    QCOMPARE(document.undoStack().index(), steps);  // it is there already
    document.move({{node, {-3e6, 1}}});
    document.duplicate({node}, {-5, 5});
    document.sizeNotes({{note, {3e6, 3e6}}});
    document.copy({node});
    document.paste({0, 3e6});
    QVERIFY(loadPipeline(savePipeline(document.pipeline())).ok());
    QCOMPARE(document.pipeline().nodes.size(), std::size_t{3});
}

void TestUndo::deletingTakesWiresAndCardsAlong() {
    PipelineDocument document(m_catalogue);
    const NodeId source = document.addNode({"this_computer"}, {});
    const NodeId chart = document.addNode({"line_chart"}, {});
    document.connectPorts({source, "out"}, {chart, "in"});
    DashboardCard card;
    card.node = chart;
    document.setCards({card}, QStringLiteral("Add"));
    const Pipeline before = document.pipeline();
    document.remove({chart});
    QVERIFY(document.pipeline().wires.empty());
    QVERIFY(document.pipeline().cards.empty());
    document.undoStack().undo();
    QVERIFY(document.pipeline() == before);
}

void TestUndo::reconnectingJoinsNeighbours() {
    PipelineDocument document(m_catalogue);
    const NodeId source = document.addNode({"this_computer", Json{{"table", "cpu"}}}, {});
    const NodeId filter = document.addNode({"filter", Json{{"condition", "load > 0.5"}}}, {});
    const NodeId table = document.addNode({"table_view"}, {});
    document.connectPorts({source, "out"}, {filter, "in"});
    document.connectPorts({filter, "out"}, {table, "in"});
    QVERIFY(!document.removeAndReconnect({filter}));
    QCOMPARE(document.pipeline().wires.size(), std::size_t{1});
    QVERIFY((document.pipeline().wires.front() == Wire{{source, "out"}, {table, "in"}}));
}

// A window behind the node that declares event time: without it there is none.
void TestUndo::reconnectingRefusesWhatDoesNotFit() {
    PipelineDocument document(m_catalogue);
    const NodeId source =
        document.addNode({"rows", Json{{"columns", {"ts TIMESTAMP(3)"}},
                                       {"rows", Json::array({Json::array({"2024-03-01 12:00:00"})})}}},
                         {});
    const NodeId time = document.addNode({"event_time", Json{{"column", "ts"}}}, {});
    const NodeId window = document.addNode(
        {"window_aggregate", Json{{"window", "tumble"}, {"size", "1s"}, {"aggregates", {"COUNT(*) AS n"}}}},
        {});
    document.connectPorts({source, "out"}, {time, "in"});
    document.connectPorts({time, "out"}, {window, "in"});
    const Pipeline before = document.pipeline();
    const std::optional<Issue> refusal = document.removeAndReconnect({time});
    QVERIFY(refusal);
    QVERIFY(english(refusal->message).find("event-time") != std::string::npos);
    QVERIFY(document.pipeline() == before);
}

void TestUndo::duplicatesKeepTheirInputs() {
    PipelineDocument document(m_catalogue);
    const NodeId source = document.addNode({"this_computer"}, {});
    const NodeId filter = document.addNode({"filter", {}, QStringLiteral("Busy")}, {100, 40});
    document.connectPorts({source, "out"}, {filter, "in"});
    const std::vector<NodeId> copies = document.duplicate({filter});
    QCOMPARE(copies.size(), std::size_t{1});
    const Node* copy = document.pipeline().find(copies.front());
    QCOMPARE(copy->title, std::string("Busy 2"));
    QVERIFY((copy->at == Point{132, 72}));
    QVERIFY((document.pipeline().wires.back() == Wire{{source, "out"}, {copy->id, "in"}}));
    QVERIFY(document.selection().contains(copy->id));
}

void TestUndo::pasteToleratesForeignText() {
    PipelineDocument document(m_catalogue);
    for (const char* text : {"", "hello", "{}", "{\"rill\": 1}", "{\"nodes\": 3}", "[1, 2"}) {
        QGuiApplication::clipboard()->setText(QString::fromUtf8(text));
        QVERIFY(!document.canPaste());
        document.paste({});
        QCOMPARE(document.undoStack().count(), 0);
    }
    QGuiApplication::clipboard()->setText(QStringLiteral(
        R"({"rill": 1, "nodes": [{"id": "a", "type": "filter", "at": [500, 500]}], "wires": []})"));
    QVERIFY(document.canPaste());
    document.paste({32, 48});
    QVERIFY((document.pipeline().nodes.at(0).at == Point{32, 48}));
}

void TestUndo::aSecondWireReplacesTheFirst() {
    PipelineDocument document(m_catalogue);
    const NodeId a = document.addNode({"this_computer"}, {}), b = document.addNode({"this_computer"}, {});
    const NodeId filter = document.addNode({"filter"}, {}), both = document.addNode({"union"}, {});
    document.connectPorts({a, "out"}, {filter, "in"});
    document.connectPorts({b, "out"}, {filter, "in"});
    QCOMPARE(document.pipeline().wires.size(), std::size_t{1});
    document.connectPorts({a, "out"}, {both, "in"});
    document.connectPorts({b, "out"}, {both, "in"});
    QCOMPARE(document.pipeline().wires.size(), std::size_t{3});
}

// A view that answers a change with an edit, as a field does that saves itself when it goes.
void TestUndo::fieldsDoNotEditInTheMiddleOfAStep() {
    PipelineDocument document(m_catalogue);
    QUndoStack& stack = document.undoStack();
    const std::string first = savePipeline(document.pipeline());
    const NodeId one = document.addNode({"filter"}, {});
    const NodeId two = document.addNode({"union"}, {});
    document.setParam(one, "condition", "x");
    const std::string last = savePipeline(document.pipeline());
    connect(&document, &PipelineDocument::changed, &document, [&](const DocumentChange& change) {
        document.setTitle(one, QStringLiteral("typed %1").arg(static_cast<int>(change.kind)));
        document.setParams(two, Json{{"on_error", "fail"}}, QStringLiteral("typed"));
    });
    const int steps = stack.count();
    for (int i = 0; i < steps; ++i) stack.undo();
    QCOMPARE(stack.index(), 0);
    QCOMPARE(stack.count(), steps);
    QCOMPARE(QByteArray::fromStdString(savePipeline(document.pipeline())), QByteArray::fromStdString(first));
    while (stack.canRedo()) stack.redo();
    QCOMPARE(stack.count(), steps);
    QCOMPARE(QByteArray::fromStdString(savePipeline(document.pipeline())), QByteArray::fromStdString(last));
}

void TestUndo::quickFixesFix() {
    PipelineDocument document(m_catalogue);
    const NodeId source = document.addNode({"this_computer", Json{{"table", "cpu"}}}, {});
    const NodeId filter = document.addNode({"filter", Json{{"condition", "lod > 0.5"}}}, {});
    document.connectPorts({source, "out"}, {filter, "in"});
    QTRY_VERIFY(document.isValidated());
    const auto wrong = std::find_if(document.issues().begin(), document.issues().end(),
                                    [](const Issue& issue) { return issue.param == "condition"; });
    QVERIFY(wrong != document.issues().end() && !wrong->quickFixes.empty());
    const Issue issue = *wrong;
    document.applyFix(issue, issue.quickFixes.front());
    QCOMPARE(document.pipeline().find(filter)->params["condition"].get<std::string>(),
             std::string("load > 0.5"));
    QTRY_VERIFY(document.isValidated());
    QVERIFY(document.typed(filter)->bound != nullptr);
}

void TestUndo::aDoubleClickOnAFixFixesOnce() {
    PipelineDocument document(m_catalogue);
    const NodeId source = document.addNode({"rows", Json{{"columns", {"ts TIMESTAMP(3)"}}}}, {});
    const NodeId window = document.addNode({"window_aggregate"}, {});
    document.connectPorts({source, "out"}, {window, "in"});
    const int steps = document.undoStack().count();
    const QuickFix fix{QuickFix::Kind::AddNode, {}, window, "event_time", {}, "in"};
    Issue issue;
    issue.node = window;
    document.applyFix(issue, fix);
    document.applyFix(issue, fix);
    QCOMPARE(document.pipeline().nodes.size(), std::size_t{3});
    QCOMPARE(document.undoStack().count(), steps + 1);
    document.undoStack().undo();
    document.applyFix(issue, fix);  // wanted after all
    QCOMPARE(document.pipeline().nodes.size(), std::size_t{3});
}

void TestUndo::aFixOfSeveralChangesIsOneStep() {
    PipelineDocument document(m_catalogue);
    const Json columns{{"columns", {"a INT"}}, {"rows", Json::array({Json::array({1})})}};
    const NodeId left = document.addNode({"rows", columns}, {}),
                 right = document.addNode({"rows", columns}, {});
    const NodeId join = document.addNode({"join", Json{{"on", "left.a = ABS(right.a)"}}}, {});
    document.connectPorts({left, "out"}, {join, "left"});
    document.connectPorts({right, "out"}, {join, "right"});
    QTRY_VERIFY(document.isValidated());
    const auto& issues = document.issuesOf(join);
    const auto refused = std::find_if(issues.begin(), issues.end(),
                                      [](const Issue* issue) { return !issue->quickFixes.empty(); });
    QVERIFY(refused != issues.end());
    const Issue issue = **refused;
    const Pipeline before = document.pipeline();
    const int steps = document.undoStack().index();
    document.applyFix(issue, issue.quickFixes.front());
    document.applyFix(issue, issue.quickFixes.front());
    QCOMPARE(document.undoStack().index(), steps + 1);
    QCOMPARE(document.pipeline().nodes.size(), std::size_t{4});
    QCOMPARE(document.node(join)->params["on"], Json("left.a = right.a"));
    QTRY_VERIFY(document.isValidated());
    QVERIFY(document.typed(join) != nullptr && document.typed(join)->bound != nullptr);
    document.undoStack().undo();
    QCOMPARE(document.pipeline(), before);
}

void TestUndo::whatAFixInsertsLiesOnNoOtherCard() {
    PipelineDocument document(m_catalogue);
    const NodeId source = document.addNode({"rows", Json{{"columns", {"ts TIMESTAMP(3)"}}}}, {0, 0});
    const NodeId window = document.addNode({"window_aggregate"}, {240, 0});
    document.addNode({"union"}, {160, 208});
    document.connectPorts({source, "out"}, {window, "in"});
    Issue issue;
    issue.node = window;
    const auto insert = [&] {
        document.applyFix(issue, {QuickFix::Kind::AddNode, {}, window, "event_time", {}, "in"});
        return document.pipeline().nodes.back();
    };
    const Node added = insert();
    QCOMPARE(added.type, std::string("event_time"));
    for (const Node& other : document.pipeline().nodes) {
        if (other.id == added.id) continue;
        QVERIFY2(std::abs(other.at.x - added.at.x) >= 224 || std::abs(other.at.y - added.at.y) >= 150,
                 other.id.c_str());
    }
    // Half way where there is room.
    document.undoStack().undo();
    document.move({{window, {640, 0}}});
    QVERIFY(insert().at == (Point{320, 0}));
}

// A link may show a fix of a moment ago: the node is gone, or it is fixed already.
void TestUndo::aStaleFixIsNoStep() {
    PipelineDocument document(m_catalogue);
    const NodeId source = document.addNode({"rows", Json{{"columns", {"a INT"}}}}, {});
    const NodeId filter = document.addNode({"filter", Json{{"condition", "a > 1"}}}, {});
    const NodeId gone = document.addNode({"filter"}, {});
    const Wire wire{{source, "out"}, {gone, "in"}};
    document.connectPorts(wire.from, wire.to);
    document.remove({gone});
    document.setTitle(filter, QStringLiteral("Kept"));
    document.undoStack().undo();
    const int steps = document.undoStack().count();
    Issue issue;
    issue.node = filter;
    using Kind = QuickFix::Kind;
    const Json ends{{"from", writeOutput(wire.from)}, {"to", writeInput(wire.to)}};
    const std::vector<QuickFix> stale{
        {Kind::SetParam, {}, filter, "condition", "a > 1"},
        {Kind::SetParam, {}, gone, "condition", "a > 1"},
        {Kind::RenameParam, {}, filter, "conditoin", "condition"},
        {Kind::RenameParam, {}, gone, "condition", "other"},
        {Kind::AddNode, {}, gone, "assign_event_time", Json()},
        {Kind::RemoveWire, {}, {}, {}, ends},
        {Kind::ReplaceNode, {}, gone, "filter", Json::object()},
        {Kind::ReplaceNode, {}, filter, "filter", Json{{"condition", "a > 1"}}},
    };
    for (const QuickFix& fix : stale) {
        document.applyFix(issue, fix);
        QCOMPARE(document.undoStack().count(), steps);
        QVERIFY(document.undoStack().canRedo());  // the undone step can still be done again
    }
    document.applyFix(issue, stale[4], wire);  // the wire that is being drawn
    QCOMPARE(document.undoStack().count(), steps);
}

void TestUndo::revertingKeepsPlacesAndTitles() {
    PipelineDocument document(m_catalogue);
    const NodeId source = document.addNode({"this_computer"}, {});
    const NodeId filter = document.addNode({"filter", Json{{"condition", "a"}}}, {});
    document.connectPorts({source, "out"}, {filter, "in"});
    const Pipeline running = document.pipeline();
    document.setParam(filter, "condition", "b");
    document.setParam(filter, "on_error", "fail");
    document.move({{filter, {480, 0}}});
    document.addNode({"union"}, {});
    document.remove({source});
    document.revertTo(running, QStringLiteral("Revert"));
    const Pipeline& now = document.pipeline();
    QCOMPARE(now.nodes.size(), std::size_t{2});
    QVERIFY(now.wires == running.wires);
    QVERIFY(now.find(filter)->params == running.find(filter)->params);
    QCOMPARE(now.find(filter)->at.x, 480.0);
    QCOMPARE(document.undoStack().undoText(), QStringLiteral("Revert"));
}

QTEST_MAIN(TestUndo)
#include "test_undo.moc"
