// The Results tab in a window of its own, and a folder for a database that it shows.
#pragma once
#include <QtTest/QtTest>
#include <QtWidgets/QtWidgets>

#include "core/nodes/catalogue.h"
#include "widgets/charts/chart_scheduler.h"
#include "widgets/results/results_page.h"

namespace rw::ui {

struct ShownResults {
    QTemporaryDir folder;
    QString path = folder.filePath(QStringLiteral("results.db"));  ///< nothing is there yet
    Catalogue catalogue = builtin();
    PipelineDocument document{catalogue};
    RunSession session{document};
    ChartScheduler charts{};
    ResultsPage page{PaneParts{document, session, charts}};

    ShownResults() {
        page.resize(1300, 640);
        page.show();
    }
    /// By a sink that writes it.
    void showTable(const std::string& table) {
        document.addNode({"sqlite_sink", Json{{"database", path.toStdString()}, {"table", table}}, {}},
                         {0, 0});
    }
    QString cell(int row, int column) const { return page.model().index(row, column).data().toString(); }
};

}  // namespace rw::ui
