// The screen shows the same as a repaint of the canvas would: nothing stays of older pictures.
#include "tests/unit/canvas/fixture.h"

using namespace rw;
using namespace rw::ui;

class TestCanvasGhosts : public QObject {
    Q_OBJECT

    std::unique_ptr<CanvasFixture> m_f;
    NodeId m_source, m_filter;

    /// The viewport as the screen has it.
    QImage seen() {
        QWidget* window = m_f->canvas.window();
        const QPoint corner = m_f->viewport()->mapTo(window, QPoint());
        return window->screen()
            ->grabWindow(window->winId(), corner.x(), corner.y(), m_f->viewport()->width(),
                         m_f->viewport()->height())
            .toImage()
            .convertToFormat(QImage::Format_RGB32);
    }
    QImage painted() { return m_f->viewport()->grab().toImage().convertToFormat(QImage::Format_RGB32); }
    bool isClean() {
        return QTest::qWaitFor([this] { return seen() == painted(); }, 30'000);
    }
    /// A part of the view is painted at once, as when something above it goes away.
    void paintPart() {
        const QRectF card = m_f->canvas.view().canvas().node(m_filter)->cardRect();
        const QPoint corner = m_f->canvas.view().mapFromScene(card.topLeft());
        m_f->viewport()->repaint(QRect(corner, QSize(24, 24)));
    }

 private Q_SLOTS:
    void initTestCase() { new Theme(*qApp, {.mode = ThemeMode::Dark, .reducedMotion = true}); }
    void init() {
        m_f = std::make_unique<CanvasFixture>();
        m_source = m_f->add("this_computer", "CPU", {32, 48}, R"({"table": "cpu"})");
        m_filter = m_f->add("filter", "Busy", {320, 48}, R"({"condition": "load > 0.5"})");
        m_f->wire({m_source, "out"}, {m_filter, "in"});
        m_f->document.selection().clear();
        m_f->canvas.actions().minimap->setChecked(false);  // it covers the viewport
        m_f->show();
        m_f->waitForChecks();
        QCursor::setPos(1590, 990);
        QVERIFY(isClean());
    }
    void cleanup() { m_f.reset(); }

    void aSmallerCardLeavesNothing() {
        m_f->document.setCollapsed({m_filter}, true);
        paintPart();
        QVERIFY(isClean());
    }

    void aMovedCardLeavesNothing() {
        m_f->document.move({{ItemRef(m_filter), {400, 320}}});
        paintPart();
        QVERIFY(isClean());
    }

    void aRemovedWireLeavesNothing() {
        m_f->document.remove({ItemRef(m_filter)});
        m_f->viewport()->repaint(QRect(0, 0, 24, 24));
        QVERIFY(isClean());
    }

    /// Its ports are those of a file: its card has another size when that was read.
    void aSubflowLeavesNothing() {
        const QTemporaryDir folder;
        QFile file(folder.filePath(QStringLiteral("part.rill")));
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(R"json({"rill":1,"nodes":[
            {"id":"rows","type":"subflow_input","params":{"columns":["load DOUBLE"]}},
            {"id":"all","type":"subflow_output"},{"id":"more","type":"subflow_output"},
            {"id":"most","type":"subflow_output"}],
            "wires":[{"from":"rows","to":"all"},{"from":"rows","to":"more"},{"from":"rows","to":"most"}]})json");
        file.close();
        const NodeId part = m_f->add("subflow", "Part", {320, 240});
        const auto card = [&] { return m_f->canvas.view().canvas().node(part)->cardRect(); };
        const auto paintCorner = [&] {
            const QPoint corner = m_f->canvas.view().mapFromScene(card().topLeft());
            m_f->viewport()->repaint(QRect(corner, QSize(24, 24)));
        };
        QVERIFY(isClean());
        const qreal small = card().height();
        m_f->document.setParam(part, "file", file.fileName().toStdString());
        paintCorner();
        QTRY_VERIFY(card().height() > small);
        QVERIFY(isClean());
        m_f->document.move({{ItemRef(part), {480, 320}}});
        paintCorner();
        QVERIFY(isClean());
        m_f->document.setCollapsed({part}, true);
        paintCorner();
        QVERIFY(isClean());
        m_f->document.remove({ItemRef(part)});
        m_f->viewport()->repaint(QRect(0, 0, 24, 24));
        QVERIFY(isClean());
    }

    // Its ports are known when it was checked, and it gets another size then.
    void anOpenedDocumentLeavesNothing() {
        const QString example = QStringLiteral(RILLWRIGHT_SOURCE "/resources/examples/one_part_twice.rill");
        QVERIFY(m_f->document.open(example).ok());
        m_f->viewport()->repaint(QRect(0, 0, 24, 24));
        m_f->waitForChecks();
        QVERIFY(isClean());
    }
};

QTEST_MAIN(TestCanvasGhosts)
#include "test_canvas_ghosts.moc"
