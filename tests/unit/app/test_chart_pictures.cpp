// Pictures of charts from the command line: a chart that can't be drawn is an error with an action.
#include <QtTest/QtTest>

#include "app/cli/charts.h"

using namespace rw;

namespace {

struct Unknown final : LiveView {
    std::uint64_t version() const override { return 1; }
    std::uint64_t rows() const override { return 1; }
};

Node radar() {
    Node node;
    node.id = "spokes";
    node.type = "radar";
    return node;
}

}  // namespace

class TestChartPictures : public QObject {
    Q_OBJECT
 private Q_SLOTS:
    void whatNothingDrawsIsAnError() {
        const auto chart = cli::chartOf(radar(), std::make_shared<Unknown>());
        QVERIFY(!chart.ok());
        const std::string said = english(chart.error());
        QVERIFY2(said.find("spokes") != std::string::npos && said.find("radar") != std::string::npos,
                 said.c_str());
        QVERIFY2(said.find("table_view") != std::string::npos, said.c_str());
    }

    void whatTookNoPartIsAnError() {
        const auto chart = cli::chartOf(radar(), nullptr);
        QVERIFY(!chart.ok());
        QVERIFY2(english(chart.error()).find("spokes") != std::string::npos, english(chart.error()).c_str());
    }
};

QTEST_MAIN(TestChartPictures)
#include "test_chart_pictures.moc"
