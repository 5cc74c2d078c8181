// The menu in which the person chooses the lines of a chart that has more than it shows. It stays open while
// entries are ticked: one line often makes room for another.
#pragma once
#include <QMenu>
#include <set>

namespace rw::ui {

class LineChoice : public QMenu {
    Q_OBJECT
 public:
    /// `shown`: those of `names` that are ticked, from one to `most` of them at any time. Its first entry
    /// asks for the `most` largest instead, and closes it.
    LineChoice(const QStringList& names, const std::set<QString>& shown, std::size_t most, QWidget* parent);

 Q_SIGNALS:
    void picked(const QString& name, bool on);
    void largestRequested();

 protected:
    void mouseReleaseEvent(QMouseEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;

 private:
    bool tick(QAction* action);
    void refresh();

    QList<QAction*> m_lines;
    const std::size_t m_most;
};

}  // namespace rw::ui
