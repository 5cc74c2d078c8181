// One line of text that gives way in the middle when there is no room, with the whole text as its tool tip
// then.
#pragma once
#include <QLabel>

namespace rw::ui {

class ElidedLabel : public QLabel {
    Q_OBJECT
 public:
    explicit ElidedLabel(const QString& text = {}, QWidget* parent = nullptr);

    void setElideMode(Qt::TextElideMode mode);
    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

 protected:
    void paintEvent(QPaintEvent* event) override;
    bool event(QEvent* event) override;

 private:
    QString elided() const;

    Qt::TextElideMode m_mode = Qt::ElideMiddle;
};

}  // namespace rw::ui
