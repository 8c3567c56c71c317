// hls::stream for C simulation: an unbounded first-in first-out queue.
//
// Written for this project; a vendor tool brings its own. Reading an empty stream ends the program with a message that
// names the stream, because a hardware process would wait for ever. Streams cannot be copied.
#ifndef HLSBUILD_HLS_STREAM_H
#define HLSBUILD_HLS_STREAM_H

#include <stdio.h>
#include <stdlib.h>

namespace hls {

template <class T, int DEPTH = 0> class stream {
  public:
    stream() : name_("(unnamed)"), items_(0), capacity_(0), head_(0), count_(0) {}
    explicit stream(const char *name) : name_(name), items_(0), capacity_(0), head_(0), count_(0) {}
    ~stream() { delete[] items_; }

    T read() {
        if (count_ == 0) {
            fprintf(stderr, "error: read from the empty stream %s\n", name_);
            abort();
        }
        T value = items_[head_];
        head_ = head_ + 1 == capacity_ ? 0 : head_ + 1;
        count_--;
        return value;
    }
    void read(T &value) { value = read(); }
    bool read_nb(T &value) {
        if (count_ == 0) return false;
        value = read();
        return true;
    }
    void write(const T &value) {
        if (count_ == capacity_) grow();
        const size_t tail = head_ + count_;
        items_[tail >= capacity_ ? tail - capacity_ : tail] = value;
        count_++;
    }
    bool write_nb(const T &value) {
        write(value);
        return true;
    }
    void operator>>(T &value) { value = read(); }
    void operator<<(const T &value) { write(value); }

    bool empty() const { return count_ == 0; }
    bool full() const { return false; }
    size_t size() const { return count_; }
    const char *name() const { return name_; }
    void set_name(const char *name) { name_ = name; }

  private:
    stream(const stream &);
    stream &operator=(const stream &);

    void grow() {
        const size_t capacity = capacity_ ? 2 * capacity_ : 16;
        T *items = new T[capacity];
        for (size_t i = 0; i < count_; i++) items[i] = items_[(head_ + i) % capacity_];
        delete[] items_;
        items_ = items;
        capacity_ = capacity;
        head_ = 0;
    }

    const char *name_;
    T *items_;
    size_t capacity_, head_, count_;
};

} // namespace hls

#endif
