// The example pipelines that the program carries, as :/examples/index.json lists them.
#pragma once
#include <QString>
#include <QStringList>
#include <vector>

#include "core/base/status.h"
#include "core/pipeline/pipeline.h"

namespace rw::ui {

struct Example {
    QString file;  ///< inside the program, for PipelineDocument::openCopy()
    QString title, description;
    QString icon;     ///< for Theme::icon()
    QString group{};  ///< a name that stands for several in a menu; empty: it stands there itself
    int nodes = 0;
    QStringList data{};   ///< files it reads, inside the program
    QString needs{};      ///< servers that must be there: “Kafka, PostgreSQL”
    int firstResult = 0;  ///< seconds from its start until its first window has closed; 0: not told
};

/// In the language of the interface. The first is the demo that runs everywhere.
std::vector<Example> examples();

/// The words of an example, its titles and comments, in the language of the interface; from then on they are
/// the person's own.
void translateExample(Pipeline& example);

/// Makes `folder`, where the relative paths of the example at `file` start, ready for it: the files that it
/// reads are copied there. Those that are there already stay as they are: they may have been edited.
Status provideData(const QString& file, const QString& folder);

}  // namespace rw::ui
