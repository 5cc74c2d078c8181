// Makes source nodes of files, with the columns that the file has: whatever file a source says that it reads.
#pragma once
#include <QObject>

#include "widgets/document/pipeline_document.h"

class QWidget;

namespace rw::ui {

class CanvasWidget;
class FileActions;

class CsvImport : public QObject {
    Q_OBJECT
 public:
    /// All must outlive it.
    CsvImport(PipelineDocument& document, CanvasWidget& canvas, FileActions& files, QWidget* window);

    void prompt();  ///< asks which file
    /// A file of any of endings(). When another document takes the place of this one while the file is read,
    /// nothing is added.
    void add(const QString& path);
    QStringList endings() const;  ///< of the files that become nodes, “.csv”

 Q_SIGNALS:
    void addRequested();  ///< a node is about to be added: show the canvas
    void added();

 private:
    void finish(NodeTemplate node, const Result<std::vector<std::string>>& columns);

    PipelineDocument& m_document;
    CanvasWidget& m_canvas;
    FileActions& m_files;
    QWidget* m_window;
    quint64 m_documents = 0;  ///< how many there were before this one
};

}  // namespace rw::ui
