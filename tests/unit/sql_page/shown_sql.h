// The SQL tab in a window of its own, over a database that a sink of its pipeline writes.
#pragma once
#include <SQLiteCpp/Database.h>

#include <QtTest/QtTest>
#include <QtWidgets/QtWidgets>

#include "core/nodes/catalogue.h"
#include "widgets/charts/chart_scheduler.h"
#include "widgets/sql/query_edit.h"
#include "widgets/sql/sql_page.h"
#include "widgets/sql/sql_side.h"

namespace rw::ui {

struct ShownSql {
    QTemporaryDir folder;
    QString path = folder.filePath(QStringLiteral("results.db"));
    Catalogue catalogue = builtin();
    PipelineDocument document{catalogue};
    RunSession session{document};
    ChartScheduler charts{};
    SqlPage page{PaneParts{document, session, charts}};

    ShownSql() {
        QSettings().clear();
        page.resize(1300, 700);
        page.show();
        page.activateWindow();
        (void)QTest::qWaitForWindowActive(&page, 30'000);
    }
    /// Three orders a minute, and the sink that has written them.
    void fill() {
        SQLite::Database database(path.toStdString(), SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE);
        database.exec(
            "CREATE TABLE orders (window_start TEXT, shop TEXT, n INTEGER, price TEXT);"
            "INSERT INTO orders VALUES ('2024-03-01 12:00:00.000', 'a', 3, '9.50'),"
            " ('2024-03-01 12:01:00.000', 'b', 5, '10.00'), ('2024-03-01 12:02:00.000', 'b', NULL, NULL);"
            "CREATE VIEW busy AS SELECT shop FROM orders WHERE n > 3");
        document.addNode({"sqlite_sink", Json{{"database", path.toStdString()}, {"table", "orders"}},
                          QStringLiteral("Orders")},
                         {0, 0});
        if (!QTest::qWaitFor([this] { return page.tables().any(); }, 30'000)) qFatal("no tables");
    }
    void type(const QString& sql) const { page.edit().replaceText(sql); }
    /// Runs the text; false: it does not end.
    bool ask(const QString& sql) {
        type(sql);
        page.runStatement();
        return QTest::qWaitFor([this] { return !page.isRunning(); }, 20'000);
    }
    QString cell(int row, int column) const { return page.model().index(row, column).data().toString(); }
    template <class Widget>
    Widget* visible(const QString& words) const {
        for (Widget* each : page.findChildren<Widget*>())
            if (each->isVisible() && each->text().contains(words)) return each;
        return nullptr;
    }
    bool says(const QString& words) const { return visible<QLabel>(words) != nullptr; }
};

}  // namespace rw::ui
