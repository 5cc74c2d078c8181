// A row of the welcome page that opens something: icon, name, words after or below it, and at the right the
// difference between rows (number of nodes, date). And how recent files are told apart.
#pragma once
#include <QAbstractButton>
#include <QDateTime>
#include <QMimeData>
#include <QString>
#include <functional>
#include <memory>

namespace rw::ui {

struct ListRowTexts {
    QString icon;  ///< for Theme::pixmap()
    QString name;
    QString detail;
    QString right;
    bool tall = false;  ///< the detail stands below the name, the icon on a tile, a chevron at the right
};

class ListRow : public QAbstractButton {
    Q_OBJECT
 public:
    explicit ListRow(ListRowTexts words, QWidget* parent = nullptr);
    /// What it is while it is dragged; not set: it can't be.
    void setDragged(std::function<std::unique_ptr<QMimeData>()> dragged) { m_dragged = std::move(dragged); }

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

 protected:
    void paintEvent(QPaintEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void changeEvent(QEvent* event) override;

 private:
    int paintRight(QPainter& painter) const;  ///< gives where it begins
    void paintTall(QPainter& painter, int right) const;
    void paintFlat(QPainter& painter, int right) const;

    ListRowTexts m_words;
    std::function<std::unique_ptr<QMimeData>()> m_dragged{};
    QPoint m_pressedAt{};
};

/// The folder of a file, the home folder as ~.
QString shownFolder(const QString& path);

/// The time today or yesterday, the day of this year, else the date.
QString shownDate(const QDateTime& time, const QDate& today);

}  // namespace rw::ui
