// The content of an exported drawing: title, words of the axes and legend, and the colours of its
// theme.
#include <QtTest/QtTest>

#include "core/views/bar_view.h"
#include "core/views/histogram_view.h"
#include "tests/unit/charts/sample_views.h"
#include "widgets/charts/bar_chart.h"
#include "widgets/charts/chart_export.h"
#include "widgets/charts/histogram_chart.h"
#include "widgets/charts/line_chart.h"
#include "widgets/theme/theme.h"

using namespace rw;
using namespace rw::ui;
using namespace rw::test;

namespace {

/// An SVG drawing, read.
struct Drawing {
    QByteArray svg{};
    QMap<QString, QString> words{};    ///< drawn ones, and their colours
    QSet<QString> strokes{}, fills{};  ///< of shapes
    bool whole = false;

    int count(const QString& pattern) const {
        const QRegularExpression like(QRegularExpression::anchoredPattern(pattern));
        return static_cast<int>(words.keys().filter(like).size());
    }
};

Drawing drawingOf(ChartWidget& chart) {
    const QTemporaryDir folder;
    QFile file(folder.filePath(QStringLiteral("x.svg")));
    Drawing read;
    if (!exportSvg(chart, file.fileName(), {640, 400}).ok() || !file.open(QIODevice::ReadOnly)) return read;
    read.svg = file.readAll();
    static const QStringList kShapes{"path", "polyline", "polygon", "rect", "line"};
    QString stroke, fill;
    QXmlStreamReader xml(read.svg);
    while (!xml.atEnd()) {
        if (xml.readNext() != QXmlStreamReader::StartElement) continue;
        const QXmlStreamAttributes attributes = xml.attributes();
        if (xml.name() == QLatin1String("g")) {
            stroke = attributes.value("stroke").toString();
            fill = attributes.value("fill").toString();
        } else if (xml.name() == QLatin1String("text")) {
            const QString color = attributes.value("fill").toString();
            read.words[xml.readElementText()] = color;
        } else if (kShapes.contains(xml.name().toString())) {
            read.strokes << stroke;
            read.fills << fill;
        }
    }
    read.whole = !xml.hasError();
    return read;
}

std::unique_ptr<ChartWidget> lines() {
    auto chart = std::make_unique<LineChart>();
    chart->setView(lineView(40));
    return chart;
}

std::unique_ptr<ChartWidget> bars() {
    BarInfo info;
    info.category = column(1);
    info.value = column(2);
    info.unit = "%";
    auto view = std::make_shared<BarView>(info);
    view->add(rows(10));
    auto chart = std::make_unique<BarChart>();
    chart->setView(view);
    return chart;
}

std::unique_ptr<ChartWidget> histogram() {
    HistogramInfo info;
    info.value = column(2);
    info.unit = "%";
    info.eventTime = 0;
    auto view = std::make_shared<HistogramView>(info);
    view->add(rows(200), 0);
    auto chart = std::make_unique<HistogramChart>();
    chart->setView(view);
    return chart;
}

Tokens tokensOf(ThemeMode mode) {
    Theme::of().apply({.mode = mode});
    return Theme::of().tokens();
}

}  // namespace

class TestSvgExport : public QObject {
    Q_OBJECT

    /// In both themes, in the second after a change of theme.
    static void eachTheme(ChartWidget& chart,
                          const std::function<void(const Drawing&, const Tokens&)>& look) {
        chart.setTitle(QStringLiteral("Load <over> time"));
        for (const ThemeMode mode : {ThemeMode::Light, ThemeMode::Dark}) {
            const Tokens other = tokensOf(mode == ThemeMode::Dark ? ThemeMode::Light : ThemeMode::Dark);
            const Tokens own = tokensOf(mode);
            const Drawing drawing = drawingOf(chart);
            QVERIFY(drawing.whole);
            QCOMPARE(drawing.words.value(QStringLiteral("Load <over> time")), own.text.name());
            for (const QColor& color : other.series)
                QVERIFY2(!drawing.svg.contains(color.name().toLatin1()), qPrintable(color.name()));
            look(drawing, own);
        }
    }

 private Q_SLOTS:
    void initTestCase() { new Theme(*qApp, ThemeSettings{ThemeMode::Dark}); }

    void linesHaveTheirWordsAndColours() {
        eachTheme(*lines(), [](const Drawing& drawing, const Tokens& tokens) {
            QCOMPARE(drawing.words.value(QStringLiteral("load, %")), tokens.dim.name());
            QCOMPARE(drawing.words.value(QStringLiteral("Event time (UTC)")), tokens.dim.name());
            QVERIFY(drawing.words.contains(QStringLiteral("core 0")));
            QVERIFY(drawing.words.contains(QStringLiteral("core 1")));
            QVERIFY(drawing.count(QStringLiteral("22:13:\\d\\d")) >= 2);
            QCOMPARE(drawing.words.value(QStringLiteral("0")), tokens.dim.name());
            QVERIFY(drawing.strokes.contains(tokens.series[0].name()));
            QVERIFY(drawing.strokes.contains(tokens.series[1].name()));
            QVERIFY(!drawing.strokes.contains(tokens.series[2].name()));
        });
    }

    void barsHaveTheirWordsAndColours() {
        eachTheme(*bars(), [](const Drawing& drawing, const Tokens& tokens) {
            QCOMPARE(drawing.words.value(QStringLiteral("load, %")), tokens.dim.name());
            QCOMPARE(drawing.words.value(QStringLiteral("2.25")), tokens.text.name());
            QCOMPARE(drawing.words.value(QStringLiteral("1")), tokens.dim.name());  // a category
            QVERIFY(drawing.fills.contains(tokens.series[0].name()));
        });
    }

    void histogramsHaveTheirWordsAndColours() {
        eachTheme(*histogram(), [](const Drawing& drawing, const Tokens& tokens) {
            QCOMPARE(drawing.words.value(QStringLiteral("load, %")), tokens.dim.name());
            QCOMPARE(drawing.words.value(QStringLiteral("Rows per bin")), tokens.dim.name());
            QVERIFY(drawing.count(QStringLiteral("[0-9.]+")) >= 4);
            QVERIFY(drawing.fills.contains(tokens.series[0].name()));
        });
    }
};

QTEST_MAIN(TestSvgExport)
#include "test_svg_export.moc"
