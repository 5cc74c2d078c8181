// One of the four hints below the welcome page's cards: a small picture of a gesture over its words.
#pragma once
#include <QWidget>

namespace rw::ui {

class HintSketch : public QWidget {
    Q_OBJECT
 public:
    enum class Gesture { DragSource, PullWire, QuickAdd, PressRun };

    HintSketch(Gesture gesture, QWidget* parent = nullptr);

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override { return {140, sizeHint().height()}; }

 protected:
    void paintEvent(QPaintEvent* event) override;
    void changeEvent(QEvent* event) override;

 private:
    void retranslate();

    Gesture m_gesture;
    QString m_title, m_words;
};

}  // namespace rw::ui
