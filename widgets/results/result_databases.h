// Which databases the sinks of a pipeline write, and which tables in them.
#pragma once
#include <QMap>
#include <QString>
#include <vector>

#include "widgets/document/pipeline_document.h"

namespace rw::ui {

struct ResultDatabase {
    QString path;                   ///< absolute
    QMap<QString, QString> tables;  ///< the tables that sinks write → the sinks' titles

    bool operator==(const ResultDatabase&) const = default;
};

/// In the order of the sinks; variables are put in, paths start at the document's folder.
std::vector<ResultDatabase> databasesOf(const PipelineDocument& document);

}  // namespace rw::ui
