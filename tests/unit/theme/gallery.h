// One window with every shared control in every state, for test_gallery and for looking at.
#pragma once
#include <QMainWindow>

class Gallery : public QMainWindow {
 public:
    Gallery();

 private:
    void addBars();
    QWidget* makeTree();
    QWidget* makeForm();
    QWidget* makeTable();
    QWidget* makeButtons();
    QWidget* makeIcons();
};
