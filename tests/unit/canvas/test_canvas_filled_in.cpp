// A node that comes from the palette gets its values from the input that it is wired to.
#include "tests/unit/canvas/fixture.h"

using namespace rw;
using namespace rw::ui;

class TestCanvasFilledIn : public QObject {
    Q_OBJECT
 private Q_SLOTS:
    void initTestCase() { new Theme(*qApp, {.mode = ThemeMode::Dark}); }
    void aRankingFromThePaletteIsFilledIn();

 private:
    PipelineDocument& document() { return m_f->document; }
    CanvasScene& scene() { return m_f->canvas.view().canvas(); }
    std::unique_ptr<CanvasFixture> m_f;
    NodeId m_source;
};

// On a wire, and by a wire that is drawn to it: nothing is left to do in it, and one step back takes all
// away.
void TestCanvasFilledIn::aRankingFromThePaletteIsFilledIn() {
    m_f = std::make_unique<CanvasFixture>();
    m_source = m_f->add("this_computer", "CPU", {32, 48}, R"({"table": "cpu"})");
    document().selection().clear();
    m_f->show();
    const NodeId table = m_f->add("table_view", "Rows", {640, 320});
    m_f->wire({m_source, "out"}, {table, "in"});
    m_f->waitForChecks();
    const int steps = document().undoStack().index();
    m_f->drop({"top_n", Json::object(), QStringLiteral("Top N")},
              m_f->middleOf({{m_source, "out"}, {table, "in"}}));
    m_f->waitForChecks();
    const NodeId added = document().pipeline().nodes.back().id;
    QVERIFY(scene().wire({{added, "out"}, {table, "in"}}) != nullptr);
    for (const Issue& issue : document().issues()) QVERIFY2(issue.node != added, english(issue).c_str());
    QCOMPARE(scene().node(added)->card().stripKind, StripKind::None);
    QCOMPARE(document().undoStack().index(), steps + 1);

    m_f->drop({"top_n", Json::object(), QStringLiteral("Top N")}, {320, 500});
    const NodeId apart = document().pipeline().nodes.back().id;
    m_f->waitForChecks();
    QCOMPARE(scene().node(apart)->card().stripKind, StripKind::ToDo);
    m_f->drag(m_f->portOf(m_source, "out", false), m_f->portOf(apart, "in", true));
    m_f->waitForChecks();
    // All that is left to do is to take its rows.
    for (const Issue* issue : document().issuesOf(apart))
        QVERIFY2(issue->severity == Severity::Warning && issue->missing, english(*issue).c_str());
    document().undoStack().undo();
    QVERIFY(document().pipeline().find(apart)->params.empty());
}

QTEST_MAIN(TestCanvasFilledIn)
#include "test_canvas_filled_in.moc"
