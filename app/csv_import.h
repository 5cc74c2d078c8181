// Makes source nodes of CSV files, with the columns that the file has.
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

    void ask();                     ///< asks which file
    void add(const QString& path);  ///< .csv, .tsv

 Q_SIGNALS:
    void addWanted();  ///< a node is about to be added: show the canvas
    void added();

 private:
    void finish(NodeTemplate node, const Result<std::vector<std::string>>& columns);

    PipelineDocument& m_document;
    CanvasWidget& m_canvas;
    FileActions& m_files;
    QWidget* m_window;
};

}  // namespace rw::ui
