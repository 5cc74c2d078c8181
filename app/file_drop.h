// Takes files that are dropped anywhere in the window where nothing else takes them.
#pragma once
#include <QObject>
#include <QStringList>

class QMimeData;
class QWidget;

namespace rw::ui {

class FileDrop : public QObject {
    Q_OBJECT
 public:
    explicit FileDrop(QWidget* window);

 Q_SIGNALS:
    void pipelineDropped(const QString& path);
    void csvDropped(const QString& path);  ///< once for each file

 protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

 private:
    void take(const QMimeData& data);
};

}  // namespace rw::ui
