// Text that others wrote (titles, names of columns and targets, data) is shown, heard and hovered without
// characters that command a terminal or turn the words around them: in every form and pane, in the charts, on
// the canvas and in the preferences.
#include <QtTest/QtTest>
#include <QtWidgets/QtWidgets>
#include <algorithm>

#include "tests/unit/app/marked_window.h"
#include "tests/unit/app/words/raw_words.h"
#include "widgets/canvas/canvas_scene.h"
#include "widgets/charts/chart_tooltip.h"
#include "widgets/charts/chart_widget.h"
#include "widgets/inspector/inspector.h"
#include "widgets/pane/pane.h"
#include "widgets/settings/preferences_dialog.h"

using namespace rw;
using namespace rw::ui;

namespace {

/// Turns what stands around it to the left, and is ESC [ to a terminal; with an &, which marks a letter.
const QString kMark = QStringLiteral(" & \u202Ecod\u009B31m");

/// A part of it that may be shown.
const QString kSeen = QStringLiteral("cod");

QString lines(QStringList raw) {
    raw.removeDuplicates();
    return raw.join(u'\n');
}

bool lists(const Pane& pane, const QString& words) {
    for (const auto* view : pane.findChildren<QAbstractItemView*>()) {
        const QAbstractItemModel* model = view->model();
        for (int row = 0; model != nullptr && row < model->rowCount(); ++row) {
            for (int column = 0; column < model->columnCount(); ++column) {
                if (model->index(row, column).data().toString().contains(words)) return true;
            }
        }
    }
    return false;
}

/// Points at places all over the chart; gives what the boxes beside the pointer paint.
QStringList hovered(ChartWidget& chart) {
    constexpr int kPlaces = 12;
    QStringList painted;
    for (int i = 0; i < kPlaces * kPlaces; ++i) {
        const QPoint at(chart.width() * (i % kPlaces) / kPlaces, chart.height() * (i / kPlaces) / kPlaces);
        QWidget* under = chart.childAt(at);
        if (under == nullptr) under = &chart;
        QMouseEvent move(QEvent::MouseMove, under->mapFrom(&chart, at), chart.mapToGlobal(at), Qt::NoButton,
                         Qt::NoButton, Qt::NoModifier);
        QCoreApplication::sendEvent(under, &move);
        for (auto* box : chart.findChildren<ChartTooltip*>()) painted << paintOf(*box);
    }
    return painted;
}

}  // namespace

class TestShownWords : public QObject {
    Q_OBJECT

 private Q_SLOTS:
    void initTestCase() { startProgram(); }
    void init() { emptyHome(); }

    void ofEveryForm() {
        const MarkedWindow fixture(kMark);
        fixture.window->findChild<Pane*>(QStringLiteral("pipeline"))->opens()->trigger();
        const QString words = QStringLiteral("MAX(amount) AS `most") + kMark + u'`';
        fixture.document().setParam(fixture.perMinute, "aggregates", Json{words.toStdString()});
        auto* inspector = fixture.window->findChild<Inspector*>();
        QStringList raw;
        for (const Node& node : fixture.document().pipeline().nodes) {
            fixture.document().selection().set({node.id});
            MarkedWindow::settle();
            raw << rawWords(*inspector);
        }
        QVERIFY2(raw.isEmpty(), qPrintable(lines(raw)));
    }

    void ofEveryPane() {
        MarkedWindow fixture(kMark);
        fixture.run();
        QStringList raw;
        const auto look = [&](Pane& pane) {
            fixture.document().selection().set({fixture.source});
            fixture.open(pane);
            raw << rawWords(*fixture.window) << rawAmong(paintOf(*fixture.window));
        };
        const QList<Pane*> panes = fixture.panes();
        QVERIFY(!panes.isEmpty());
        for (Pane* pane : panes) {
            const QByteArrayView id(pane->facts().id);
            QTRY_VERIFY2(pane->isPresent(), id.data());
            look(*pane);
            QVERIFY2(pane->isOn(), id.data());
            if (id == "data" || id == "late") QVERIFY2(lists(*pane, kSeen), id.data());
            if (id == "log") QVERIFY(lists(*pane, QString()));
        }
        fixture.addProblem();
        look(*fixture.pane("problems"));
        QVERIFY(lists(*fixture.pane("problems"), kSeen));
        const QStringList canvas = paintOf(fixture.canvas().view().canvas());
        QVERIFY(!canvas.filter(kSeen).isEmpty());
        raw << rawAmong(canvas);
        QVERIFY2(raw.isEmpty(), qPrintable(lines(raw)));
    }

    void ofEveryChart() {
        MarkedWindow fixture(kMark);
        fixture.run();
        Pane* dashboard = fixture.pane("dashboard");
        fixture.open(*dashboard);
        const auto& kinds = fixture.catalogue.kinds();
        const qsizetype charts =
            std::count_if(kinds.begin(), kinds.end(), [](const NodeKind& kind) { return kind.chart; });
        const auto all = [&] { return dashboard->findChildren<ChartWidget*>(); };
        QTRY_COMPARE(all().size(), charts);
        QStringList raw, keys, boxes;
        for (ChartWidget* chart : all()) {
            QTRY_VERIFY2(chart->hasRows(), chart->metaObject()->className());
            chart->refresh();
            MarkedWindow::settle();
            raw << rawWords(*chart);
            keys << paintOf(*chart);
            boxes << hovered(*chart);
        }
        QVERIFY(!keys.filter(kSeen).isEmpty());
        QVERIFY(!boxes.filter(kSeen).isEmpty());
        raw << rawAmong(keys) << rawAmong(boxes);
        QVERIFY2(raw.isEmpty(), qPrintable(lines(raw)));
    }

    void ofTheTargets() {
        const MarkedWindow fixture(kMark);
        fixture.action(QStringLiteral("Preferences…"))->trigger();
        auto* dialog = fixture.window->findChild<PreferencesDialog*>();
        QVERIFY(dialog != nullptr && dialog->isVisible());
        auto* list = dialog->findChild<QListWidget*>(QStringLiteral("targets"));
        QStringList raw = rawWords(*dialog);
        list->setCurrentRow(1);
        dialog->findChild<QPushButton*>(QStringLiteral("test_connection"))->click();
        raw << rawWords(*dialog);
        dialog->findChild<QPushButton*>(QStringLiteral("remove_target"))->click();
        MarkedWindow::settle();
        raw << rawWords(*dialog);
        dialog->close();
        QVERIFY2(raw.isEmpty(), qPrintable(lines(raw)));
    }

    // Else nothing of the above would be found.
    void aRawWordIsFound() {
        QWidget window;
        QLabel label(QStringLiteral("raw\u202E"), &window);
        QLabel fine(QStringLiteral("two\nlines"), &window);
        QCOMPARE(rawWords(window).size(), 1);
        label.clear();
        window.setToolTip(QStringLiteral("\u009B31m"));
        QCOMPARE(rawWords(window).size(), 1);
        label.setText(QStringLiteral("Words") + kMark);
        label.adjustSize();
        window.show();
        QVERIFY(!rawAmong(paintOf(window)).isEmpty());
    }
};

QTEST_MAIN(TestShownWords)
#include "test_shown_words.moc"
