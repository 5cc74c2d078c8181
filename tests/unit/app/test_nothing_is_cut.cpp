// Every page, panel, form and dialog in large text and at scale 2, in both languages: no words are cut and
// nothing overlaps anything else. The pages and dialogs to look at are taken from the program.
#include <QtTest/QtTest>
#include <QtWidgets/QtWidgets>

#include "app/bottom_panel.h"
#include "app/menus.h"
#include "tests/unit/app/made_cluster.h"
#include "tests/unit/app/window_fixture.h"
#include "tests/unit/app/words/cut_words.h"
#include "widgets/files/file_actions.h"
#include "widgets/inspector/inspector.h"
#include "widgets/pane/pane.h"
#include "widgets/theme/theme.h"

using namespace rw;
using namespace rw::ui;

namespace {

/// The window with a cluster to deploy to, so that every pane is there, and a pipeline with a node of every
/// kind, as it is at first and filled in.
struct FullWindow : TargetsOnDisk, WindowFixture {
    FullWindow(int percent, const QString& chosenLanguage) : TargetsOnDisk({madeFlink("staging")}) {
        window->findChild<FileActions*>()->startEmpty();
        preferences.setLanguage(chosenLanguage);
        preferences.setLook({.mode = ThemeMode::Dark, .textZoomPercent = percent});
        window->resize(1600, 960);
        settle();
    }
    ~FullWindow() {
        document().startEmpty();
        preferences.setLook({.mode = ThemeMode::Dark});
        preferences.setLanguage(QStringLiteral("en"));
    }
    static void settle() {
        for (int i = 0; i < 8; ++i) {
            QCoreApplication::sendPostedEvents();
            QCoreApplication::processEvents();
        }
    }
};

/// What is cut and stays so: for a moment the window system may still have the size of before.
QStringList staysCut(const QWidget& root) {
    QStringList cut;
    (void)QTest::qWaitFor(
        [&] {
            cut = cutWords(root);
            return cut.isEmpty();
        },
        30'000);
    return cut;
}

/// Looks at dialogs as they come up, and closes them.
class DialogLooker {
 public:
    DialogLooker() {
        QObject::connect(&m_timer, &QTimer::timeout, [this] { look(); });
        m_timer.start(20);
    }
    QStringList cut{};
    int seen = 0;

 private:
    void look() {
        for (QWidget* top : QApplication::topLevelWidgets()) {
            auto* dialog = qobject_cast<QDialog*>(top);
            if (dialog == nullptr || !dialog->isVisible() || m_looking) continue;
            m_looking = true;
            FullWindow::settle();
            // Those that Qt makes have a layout of its own.
            if (qobject_cast<QFileDialog*>(dialog) == nullptr) {
                for (QTabBar* tabs : dialog->findChildren<QTabBar*>()) {
                    for (int i = 0; i < tabs->count(); ++i) {
                        tabs->setCurrentIndex(i);
                        FullWindow::settle();
                        lookAt(*dialog);
                    }
                }
                lookAt(*dialog);
            }
            ++seen;
            dialog->reject();
            if (dialog->isVisible()) dialog->close();
            m_looking = false;
        }
    }
    void lookAt(const QDialog& dialog) {
        for (const QString& line : staysCut(dialog))
            cut << dialog.windowTitle() + QStringLiteral(" — ") + line;
    }

    QTimer m_timer;
    bool m_looking = false;
};

void sizes() {
    QTest::addColumn<int>("percent");
    QTest::addColumn<QString>("language");
    const bool scaled = isAtScaleTwo();
    for (const char* language : {"en", "zh_CN"}) {
        const int percent = scaled ? 100 : 200;
        QTest::newRow(qPrintable(QStringLiteral("%1 %, %2").arg(percent).arg(QLatin1String(language))))
            << percent << QString::fromLatin1(language);
    }
}

QString lines(QStringList cut) {
    cut.removeDuplicates();
    return cut.join(u'\n');
}

}  // namespace

class TestNothingIsCut : public QObject {
    Q_OBJECT

 private Q_SLOTS:
    void initTestCase() { startProgram(); }
    void init() { emptyHome(); }

    void panesAreWhole_data() { sizes(); }
    void panesAreWhole() {
        QFETCH(int, percent);
        QFETCH(QString, language);
        const FullWindow fixture(percent, language);
        QStringList cut;
        const QList<Pane*> panes = fixture.lastingPanes();
        QVERIFY(!panes.isEmpty());
        for (Pane* pane : panes) {
            QTRY_VERIFY2(pane->isPresent(), pane->facts().id);
            pane->opens()->trigger();
            FullWindow::settle();
            QVERIFY2(pane->isOn(), pane->facts().id);
            for (const QString& line : staysCut(*fixture.window))
                cut << QLatin1String(pane->facts().id) + QStringLiteral(" — ") + line;
            leavePicture(
                *fixture.window,
                QStringLiteral("cut_%1_%2_%3").arg(QLatin1String(pane->facts().id), language).arg(percent));
        }
        QVERIFY2(cut.isEmpty(), qPrintable(lines(cut)));
    }

    /// The panel that only an edit of a run brings.
    void aReceiptIsWhole_data() { sizes(); }
    void aReceiptIsWhole() {
        QFETCH(int, percent);
        QFETCH(QString, language);
        const FullWindow fixture(percent, language);
        const QTemporaryDir folder;
        PipelineDocument& document = fixture.document();
        const NodeId source = document.addNode(
            {"generator", Json{{"columns", {"n BIGINT = i"}}, {"rows", 0}, {"rate", 1000}}}, {0, 0});
        const NodeId counted = document.addNode(
            {"group_aggregate", Json{{"keys", {"n"}}, {"aggregates", {"COUNT(*) AS c"}}}}, {300, 0});
        document.connectPorts({source, "out"}, {counted, "in"});
        document.connectPorts({counted, "out"}, {document.addNode({"table_view"}, {600, 0}), "in"});
        QVERIFY(document.saveAs(folder.filePath(QStringLiteral("counts.rill"))).ok());
        QTRY_VERIFY(document.isValidated());
        RunSession& session = fixture.canvas().view().canvas().session();
        session.start();
        QTRY_COMPARE(session.state(), RunSession::State::Running);
        document.setParam(counted, "state_ttl", "1h");
        session.apply();
        auto* pane = fixture.window->findChild<Pane*>(QStringLiteral("apply"));
        QTRY_VERIFY(pane->isPresent());
        FullWindow::settle();
        QVERIFY(pane->isOn());
        const QStringList cut = staysCut(*fixture.window);
        leavePicture(*fixture.window, QStringLiteral("cut_apply_%1_%2").arg(language).arg(percent));
        session.stop(StopMode::Discard);
        QTRY_VERIFY(!session.isActive());
        QVERIFY2(cut.isEmpty(), qPrintable(lines(cut)));
    }

    void formsAreWhole_data() { sizes(); }
    void formsAreWhole() {
        QFETCH(int, percent);
        QFETCH(QString, language);
        const FullWindow fixture(percent, language);
        fixture.window->findChild<Pane*>(QStringLiteral("pipeline"))->opens()->trigger();
        QStringList cut;
        int place = 0;
        for (const NodeKind& kind : fixture.catalogue.kinds()) {
            const NodeId node = fixture.document().addNode({std::string(kind.type)},
                                                           {place++ % 6 * 260.0, place / 6 * 220.0});
            fixture.document().selection().set({node});
            auto* inspector = fixture.window->findChild<Inspector*>();
            for (QTabBar* tabs : inspector->findChildren<QTabBar*>()) {
                for (int i = 0; i < tabs->count(); ++i) {
                    tabs->setCurrentIndex(i);
                    FullWindow::settle();
                    for (const QString& line : staysCut(*inspector))
                        cut << QString::fromStdString(std::string(kind.type)) + QStringLiteral(" — ") + line;
                }
                tabs->setCurrentIndex(0);
            }
        }
        QVERIFY(place > 20);
        QVERIFY2(cut.isEmpty(), qPrintable(lines(cut)));
    }

    void dialogsAreWhole_data() { sizes(); }
    void dialogsAreWhole() {
        QFETCH(int, percent);
        QFETCH(QString, language);
        const FullWindow fixture(percent, language);
        (void)fixture.document().addNode({"generator"}, {0, 0});
        FullWindow::settle();
        DialogLooker looker;
        // An entry of a menu that opens something says so, or is about the program.
        const auto opens = [](const QAction& action) {
            const QString words = action.text();
            return words.endsWith(QStringLiteral("…")) || action.menuRole() == QAction::AboutRole;
        };
        auto* menus = fixture.window->findChild<Menus*>();
        QList<QAction*> all{menus->registry().find(QStringLiteral("shortcuts.show")), menus->about};
        for (const QMenu* menu : menus->findChildren<QMenu*>()) {
            for (QAction* action : menu->actions()) {
                if (opens(*action) && !all.contains(action)) all << action;
            }
        }
        int asked = 0;
        for (QAction* action : std::as_const(all)) {
            if (!action->isEnabled() || action->menu() != nullptr) continue;
            const int before = looker.seen;
            action->trigger();
            // Some ask nothing just now: a pipeline that can't be exported is reported in a panel.
            if (QTest::qWaitFor([&] { return looker.seen > before; }, 500)) ++asked;
        }
        QVERIFY(asked >= 5);
        QVERIFY2(looker.cut.isEmpty(), qPrintable(lines(looker.cut)));
    }
};

QTEST_MAIN(TestNothingIsCut)
#include "test_nothing_is_cut.moc"
