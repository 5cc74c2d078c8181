// One column at a glance: its name and type, the share that is empty, how the values spread, ends and middle;
// of texts the most frequent ones. A click on a bar asks for its rows; with the keyboard arrows, Home and End
// go from bar to bar, and Enter or Space asks.
#pragma once
#include <QWidget>
#include <optional>

#include "core/connect/sqlite/profile.h"

namespace rw::ui {

class ProfileCard : public QWidget {
    Q_OBJECT
 public:
    explicit ProfileCard(const SqliteColumn& column, QWidget* parent = nullptr);

    void setProfile(std::optional<SqliteProfile> profile);  ///< none: it is not known
    /// The bar that the keyboard is at, in words: “7 to 8: 12 rows”; empty: there is none.
    QString barWords() const;
    QSize sizeHint() const override;
    QSize minimumSizeHint() const override { return sizeHint(); }

 Q_SIGNALS:
    /// A filter as it is typed: `core >= 7`, `note = 'a'`.
    void filterRequested(const QString& filter);

 protected:
    void paintEvent(QPaintEvent* event) override;
    void mouseReleaseEvent(QMouseEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void focusInEvent(QFocusEvent* event) override;
    void focusOutEvent(QFocusEvent* event) override;
    void changeEvent(QEvent* event) override;
    bool event(QEvent* event) override;

 private:
    QRect barsRect() const;
    QRect barRect(int bar) const;
    int bars() const;
    QString filterOf(int bar) const;
    QString tipAt(const QPoint& at) const;  ///< the whole of what is written there
    void paintHead(QPainter& painter) const;
    void paintBins(QPainter& painter) const;
    void paintTop(QPainter& painter) const;
    QString emptyText() const;
    std::pair<QString, QString> endsOf(int bar) const;  ///< of its values
    void goTo(int bar);
    void describe();
    std::pair<QString, QString> endTexts() const;

    SqliteColumn m_column;
    std::optional<SqliteProfile> m_profile;
    int m_bar = 0;  ///< at which the keyboard is
};

}  // namespace rw::ui
