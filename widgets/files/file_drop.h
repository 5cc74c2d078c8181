// Takes files that are dropped anywhere in the window where nothing else takes them.
#pragma once
#include <QObject>
#include <QPoint>
#include <QStringList>

class QMimeData;
class QWidget;

namespace rw::ui {

class FileDrop : public QObject {
    Q_OBJECT
 public:
    /// `dataEndings`: of files with data, “.csv”.
    FileDrop(const QStringList& dataEndings, QWidget* window);

 Q_SIGNALS:
    void pipelineDropped(const QString& path);  ///< of each, if several were dropped
    void dataDropped(const QStringList& paths, QPoint globalPos);

 protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

 private:
    bool isData(const QString& path) const;
    QStringList filesOf(const QMimeData& data) const;
    void take(const QMimeData& data, QPoint globalPos);

    const QStringList m_dataEndings;
};

}  // namespace rw::ui
