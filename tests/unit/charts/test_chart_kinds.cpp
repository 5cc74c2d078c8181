// Every type of chart of the catalogue, by no name: an entry draws it large, small and into files.
#include <QtTest/QtTest>
#include <algorithm>
#include <set>

#include "core/nodes/catalogue.h"
#include "core/pipeline/checks/param_check.h"
#include "core/views/histogram_view.h"
#include "tests/unit/charts/sample_views.h"
#include "widgets/charts/chart_export.h"
#include "widgets/charts/chart_kinds.h"
#include "widgets/charts/thumbnail.h"
#include "widgets/session/run_session.h"
#include "widgets/theme/theme.h"

using namespace rw;
using namespace rw::ui;

namespace {

constexpr QSize kSize(640, 400);

const Catalogue& catalogue() {
    static const Catalogue kinds = builtin();
    return kinds;
}

std::vector<const NodeKind*> chartTypes() {
    std::vector<const NodeKind*> found;
    for (const NodeKind& kind : catalogue().kinds()) {
        if (kind.chart) found.push_back(&kind);
    }
    return found;
}

/// Values for the required parameters of a chart, from the columns of rows(); null: a kind of parameter not
/// known here.
Json paramsOf(const NodeKind& kind) {
    Json params = Json::object();
    for (const ParamSpec& spec : kind.params) {
        if (!spec.required || !applies(spec, kind, params)) continue;
        const bool number = spec.columnTypes.starts_with("numeric");
        const std::string column = spec.columnTypes == "timestamp" ? "ts" : number ? "n" : "name";
        if (spec.kind == ParamKind::ColumnName) {
            params[spec.name] = column;
        } else if (spec.kind == ParamKind::ColumnNames) {
            params[spec.name] = Json::array({column});
        } else {
            return nullptr;
        }
    }
    return params;
}

Json rows(int count) {
    Json values = Json::array();
    for (int i = 0; i < count; ++i) {
        const std::string second = (i < 10 ? "0" : "") + std::to_string(i);
        values.push_back(Json::array({"2024-01-01 00:00:" + second, i % 2 == 0 ? "even" : "odd", i * i + 1}));
    }
    return {{"columns", {"ts TIMESTAMP(3)", "name STRING", "n INT"}}, {"rows", values}, {"event_time", "ts"}};
}

/// The view of such a chart after a run over so many rows; null when that failed. Rows typed by hand are at
/// least one: to have none a filter takes that away.
std::shared_ptr<LiveView> viewOf(const NodeKind& kind, int count) {
    PipelineDocument document(catalogue());
    const NodeId source = document.addNode({"rows", rows(std::max(count, 1))}, {});
    const NodeId filter = document.addNode({"filter", {{"condition", count > 0 ? "n > 0" : "n < 0"}}}, {});
    const NodeId chart = document.addNode({kind.type, paramsOf(kind)}, {});
    document.connectPorts({source, "out"}, {filter, "in"});
    document.connectPorts({filter, "out"}, {chart, "in"});
    RunSession session(document);
    session.start();
    const bool ended = QTest::qWaitFor([&] { return !session.isActive(); }, 20'000);
    return ended && session.state() == RunSession::State::Finished ? session.view(chart) : nullptr;
}

int differing(const QImage& a, const QImage& b) {
    int count = 0;
    for (int y = 0; y < a.height(); ++y) {
        for (int x = 0; x < a.width(); ++x) count += a.pixel(x, y) != b.pixel(x, y) ? 1 : 0;
    }
    return count;
}

QImage thumbnailOf(const LiveView& view, bool& shown) {
    QImage image(174, 64, QImage::Format_RGB32);
    image.fill(Theme::of().tokens().field);
    QPainter painter(&image);
    shown = paintThumbnail(painter, QRectF(image.rect()), view);
    return image;
}

/// How many shapes and words an SVG drawing has; -1 when it is none.
int partsOf(const QByteArray& svg) {
    QXmlStreamReader xml(svg);
    int parts = 0;
    while (!xml.atEnd()) {
        if (xml.readNext() != QXmlStreamReader::StartElement) continue;
        static const QStringList kParts{"path", "polyline", "polygon", "rect", "line", "text", "circle"};
        parts += kParts.contains(xml.name().toString()) ? 1 : 0;
    }
    return xml.hasError() ? -1 : parts;
}

QByteArray svgOf(ChartWidget& chart) {
    const QTemporaryDir folder;
    QFile file(folder.filePath(QStringLiteral("x.svg")));
    return exportSvg(chart, file.fileName(), kSize).ok() && file.open(QIODevice::ReadOnly) ? file.readAll()
                                                                                           : QByteArray();
}

QImage pngOf(ChartWidget& chart) {
    const QTemporaryDir folder;
    const QString path = folder.filePath(QStringLiteral("x.png"));
    return exportPng(chart, path, kSize).ok() ? QImage(path) : QImage();
}

}  // namespace

class TestChartKinds : public QObject {
    Q_OBJECT

    static void eachType() {
        QTest::addColumn<int>("place");
        const auto types = chartTypes();
        for (std::size_t i = 0; i < types.size(); ++i)
            QTest::newRow(types[i]->type.c_str()) << static_cast<int>(i);
    }

 private Q_SLOTS:
    void initTestCase() { new Theme(*qApp, ThemeSettings{ThemeMode::Dark}); }

    void drawsLargeSmallAndIntoFiles_data() { eachType(); }
    void drawsLargeSmallAndIntoFiles() {
        QFETCH(int, place);
        const NodeKind& type = *chartTypes()[static_cast<std::size_t>(place)];
        QVERIFY2(!paramsOf(type).is_null(), "say in paramsOf() what such a parameter takes");
        const auto view = viewOf(type, 40), nothing = viewOf(type, 0);
        QVERIFY2(view && nothing, "the chart gave no view");
        const ChartKind* kind = chartKindOf(*view);
        QVERIFY2(kind, "no final class in widgets/charts has “using View = …;” with the view of its node");

        const auto chart = kind->make(), empty = kind->make();
        chart->setTitle(QStringLiteral("Sums of squares"));
        empty->setTitle(QStringLiteral("Sums of squares"));
        chart->setView(view);
        empty->setView(nothing);
        QVERIFY(chart->hasRows() && !empty->hasRows());
        QVERIFY(!chart->summary().isEmpty());

        const QImage picture = pngOf(*chart);
        QCOMPARE(picture.size(), kSize);
        QVERIFY(differing(picture, pngOf(*empty)) > 300);

        const QByteArray drawing = svgOf(*chart);
        QVERIFY(partsOf(drawing) > partsOf(svgOf(*empty)) && partsOf(svgOf(*empty)) > 0);
        QVERIFY(drawing.contains("Sums of squares"));

        const QStringList lines = chart->csv().split(QLatin1Char('\n'), Qt::SkipEmptyParts);
        QVERIFY2(lines.size() > 1, "a table without rows");
        const auto fields = lines[0].count(QLatin1Char(',')) + 1;
        for (const QString& line : lines) QCOMPARE(line.count(QLatin1Char(',')) + 1, fields);
        QVERIFY(lines[1].contains(QRegularExpression(QStringLiteral("[0-9]"))));
        QVERIFY(empty->csv().split(QLatin1Char('\n'), Qt::SkipEmptyParts).size() <= lines.size());

        bool shown = false, shownEmpty = true;
        const QImage thumbnail = thumbnailOf(*view, shown);
        QVERIFY2(shown, "no thumbnail");
        QVERIFY(differing(thumbnail, thumbnailOf(*nothing, shownEmpty)) > 50);
        QVERIFY(!shownEmpty);
    }

    /// Files have the colours of the theme that they were made in.
    void filesHaveTheTheme_data() { eachType(); }
    void filesHaveTheTheme() {
        QFETCH(int, place);
        const auto view = viewOf(*chartTypes()[static_cast<std::size_t>(place)], 40);
        QVERIFY(view && chartKindOf(*view));
        const auto chart = chartKindOf(*view)->make();
        chart->setTitle(QStringLiteral("Sums of squares"));
        chart->setView(view);
        for (const ThemeMode mode : {ThemeMode::Light, ThemeMode::Dark}) {
            Theme::of().apply(ThemeSettings{mode});
            const Tokens& tokens = Theme::of().tokens();
            const QByteArray drawing = svgOf(*chart);
            QVERIFY2(drawing.contains(tokens.panel.name().toLatin1()), "the ground");
            QVERIFY2(drawing.contains(tokens.text.name().toLatin1()), "the title");
            QCOMPARE(pngOf(*chart).pixelColor(kSize.width() - 2, 2), tokens.panel);
        }
    }

    void everyEntryIsUsed() {
        std::set<const ChartKind*> used;
        for (const NodeKind* type : chartTypes()) {
            if (const auto view = viewOf(*type, 1)) used.insert(chartKindOf(*view));
        }
        QCOMPARE(used.size(), chartKinds().size());
    }

    void whatHasNoEntryIsNotDrawn() {
        struct Unknown final : LiveView {
            std::uint64_t version() const override { return 1; }
            std::uint64_t rows() const override { return 1; }
        };
        const Unknown view;
        QVERIFY(!chartKindOf(view) && !makeChart(view));
        bool shown = true;
        thumbnailOf(view, shown);
        QVERIFY(!shown);
    }

    // A series has its colour in the small picture, too.
    void aSplitHistogramHasItsColoursLargeAndSmall() {
        HistogramInfo info;
        info.value = test::column(2);
        info.series = test::column(1);
        info.eventTime = 0;
        const auto view = std::make_shared<HistogramView>(info);
        view->add(test::rows(200), 0);
        const std::unique_ptr<ChartWidget> chart = makeChart(*view);
        chart->setView(view);
        bool shown = false;
        const QImage large = pngOf(*chart), small = thumbnailOf(*view, shown);
        QVERIFY(shown);
        for (std::size_t i = 0; i < 2; ++i) {
            const QColor color = Theme::of().tokens().series[i];
            QVERIFY(test::pixelsOf(large, color) > 100);
            QVERIFY(test::pixelsOf(small, color) > 20);
        }
    }
};

QTEST_MAIN(TestChartKinds)
#include "test_chart_kinds.moc"
