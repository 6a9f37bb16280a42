// Records of C++ that the rules of C place, and those that they do not.
#include <map>
#include <memory>
#include <string>
#include <vector>

namespace geo {
struct Point {
    double x, y;
    static int made;
    enum class Kind : unsigned char { A, B } kind;
};
class Shape {
public:
    virtual ~Shape() {}
    virtual double area() = 0;
protected:
    int id;
    char tag;
};
class Square : public Shape {
    char more;
    double side;
public:
    double area() override { return side; }
};
template <class T, int N> struct Buffer { T data[N]; int used; };
}
struct Empty {};
struct Derived : Empty { int a; };
struct Left : virtual Derived { int l; };
struct NoAddress { [[no_unique_address]] Empty e; int a; };
struct Tail {
    Tail();
private:
    int a;
    char b;
};
struct UsesTail : Tail { char c; };
struct SharesTail { [[no_unique_address]] Tail t; char c; };
struct Refs {
    int &r;
    int &&rr;
    double geo::Point::*pm;
    double (geo::Shape::*pf)();
    decltype(nullptr) np;
    wchar_t w;
    char16_t c16;
    bool b;
};
struct Outer {
    struct Inner { char c; long l; } in;
    Inner *p;
    class Hidden { int z; } hidden;
};
struct Split { struct Later; Later *p; };
struct Split::Later { int a; char b; };
enum Old { X, Y };
struct Bits { unsigned a : 3; geo::Point::Kind k : 2; Old o : 4; bool b : 1; };
int geo::Point::made;
Tail::Tail() : a(1), b(2) {}

int main()
{
    geo::Point p{};
    geo::Square s;
    geo::Buffer<int, 5> buffer{};
    Left l;
    NoAddress n{};
    UsesTail t;
    SharesTail st;
    Outer o;
    Bits bits{};
    Split::Later later{};
    Refs *r = nullptr;
    std::string text;
    std::vector<std::map<int, std::string>> v;
    std::unique_ptr<geo::Point> up;
    auto sum = [&p, buffer](int q) { return p.x + buffer.used + q; };
    return (int)sum(3) + (r != nullptr) + (int)sizeof(s) + (int)sizeof(l) + n.a + later.a;
}
