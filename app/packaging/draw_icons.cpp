// Draws a picture at the sizes that desktops show icons in: draw_icons PICTURE.svg FOLDER writes
// FOLDER/<size>.png. A desktop that draws none itself, or draws them badly when small, takes these.
#include <QDir>
#include <QImage>
#include <QPainter>
#include <QSvgRenderer>
#include <cstdio>

int main(int argc, char** argv) {
    if (argc != 3) {
        std::fprintf(stderr, "draw_icons PICTURE.svg FOLDER\n");
        return 2;
    }
    QSvgRenderer picture(QString::fromLocal8Bit(argv[1]));
    if (!picture.isValid()) {
        std::fprintf(stderr, "draw_icons: %s is no picture that Qt can read\n", argv[1]);
        return 1;
    }
    const QDir folder(QString::fromLocal8Bit(argv[2]));
    for (const int size : {16, 22, 24, 32, 48, 64, 128, 256, 512}) {
        QImage image(size, size, QImage::Format_ARGB32);
        image.fill(Qt::transparent);
        QPainter painter(&image);
        picture.render(&painter);
        painter.end();
        const QString path = folder.filePath(QStringLiteral("%1.png").arg(size));
        if (!folder.mkpath(QStringLiteral(".")) || !image.save(path)) {
            std::fprintf(stderr, "draw_icons: %s can't be written\n", qPrintable(path));
            return 1;
        }
    }
    return 0;
}
