// An export from the window: the picture is that of the moment in which it was asked for, and it is encoded
// and written on another thread.
#include <QtTest/QtTest>
#include <QtWidgets/QtWidgets>

#include "tests/unit/charts/sample_views.h"
#include "widgets/charts/chart_export.h"
#include "widgets/charts/line_chart.h"
#include "widgets/theme/theme.h"

using namespace rw;
using namespace rw::ui;
using namespace rw::test;

namespace {

constexpr QSize kSize(320, 200);

QByteArray contentOf(const QString& path) {
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

QMessageBox* shownBox() {
    for (QWidget* top : QApplication::topLevelWidgets()) {
        auto* box = qobject_cast<QMessageBox*>(top);
        if (box != nullptr && box->isVisible()) return box;
    }
    return nullptr;
}

}  // namespace

class TestExportRest : public QObject {
    Q_OBJECT

 private Q_SLOTS:
    void initTestCase() { new Theme(*qApp, {.mode = ThemeMode::Dark}); }

    void theFileIsThatOfTheMoment() {
        const QTemporaryDir folder;
        const auto at = [&](const char* name) { return folder.filePath(QLatin1String(name)); };
        LineChart chart;
        chart.setView(lineView(40));
        QVERIFY(exportPng(chart, at("before.png"), kSize).ok());
        QVERIFY(exportSvg(chart, at("before.svg"), kSize).ok());
        QVERIFY(exportCsv(chart, at("before.csv")).ok());
        const Result<ExportRest> png = drawPng(chart, at("drawn.png"), kSize);
        const ExportRest svg = drawSvg(chart, at("drawn.svg"), kSize), csv = drawCsv(chart, at("drawn.csv"));
        chart.setView(lineView(7));
        QVERIFY(png.ok() && !QFileInfo::exists(at("drawn.png")));
        QVERIFY((*png)().ok() && svg().ok() && csv().ok());
        for (const char* ending : {"png", "svg", "csv"}) {
            const QByteArray drawn = contentOf(at("drawn.") + QLatin1String(ending));
            QVERIFY2(!drawn.isEmpty() && drawn == contentOf(at("before.") + QLatin1String(ending)), ending);
        }
        QVERIFY(exportCsv(chart, at("after.csv")).ok());
        QVERIFY(contentOf(at("after.csv")) != contentOf(at("drawn.csv")));
    }

    void theRestIsDoneOnAnotherThread() {
        QWidget window;
        QThread* at = nullptr;
        std::atomic<bool> ran{false};
        exportInBackground(&window, ExportRest([&] {
            at = QThread::currentThread();
            ran = true;
            return Status();
        }));
        QTRY_VERIFY(ran.load());
        QVERIFY(at != QThread::currentThread());
        QTest::qWait(50);
        QVERIFY(shownBox() == nullptr);
    }

    void anErrorIsShown() {
        QWidget window;
        window.show();
        LineChart chart;
        chart.setView(lineView(40));
        exportInBackground(&window, drawPng(chart, QStringLiteral("/nowhere/x.png"), kSize));
        QTRY_VERIFY(shownBox() != nullptr);
        QVERIFY2(shownBox()->text().contains(QStringLiteral("/nowhere/x.png")),
                 qPrintable(shownBox()->text()));
        shownBox()->close();
        QTRY_VERIFY(shownBox() == nullptr);
    }

    /// The card of a chart goes when another run begins.
    void theBoxGoesWithItsParent() {
        auto window = std::make_unique<QWidget>();
        window->show();
        LineChart chart;
        chart.setView(lineView(40));
        exportInBackground(window.get(), drawPng(chart, QStringLiteral("/nowhere/x.png"), kSize));
        QTRY_VERIFY(shownBox() != nullptr);
        window.reset();
        QVERIFY(shownBox() == nullptr);
    }

    /// The window may be closed while the disk is slow.
    void whoIsGoneIsToldNothing() {
        auto window = std::make_unique<QWidget>();
        std::atomic<bool> ran{false};
        QSemaphore goOn;
        exportInBackground(window.get(), ExportRest([&] {
                               goOn.acquire();
                               ran = true;
                               return Status(
                                   ErrorCode::Io,
                                   RW_TEXT("chart", "A picture of this size does not fit into memory."), {});
                           }));
        window.reset();
        goOn.release();
        QTRY_VERIFY(ran.load());
        QTest::qWait(50);
        QVERIFY(shownBox() == nullptr);
    }
};

QTEST_MAIN(TestExportRest)
#include "test_export_rest.moc"
