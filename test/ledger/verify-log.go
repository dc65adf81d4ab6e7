// Verifies a log folder with the Go team's own code (golang.org/x/mod/sumdb), none of Freehold's.
// usage: verify-log FOLDER KEY [OLDER-CHECKPOINT]
package main

import (
	"encoding/base64"
	"encoding/binary"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"
)

func check(err error) {
	if err != nil {
		fmt.Println("refused:", err)
		os.Exit(1)
	}
}

// C2SP tlog-tiles leaves out the tile's height and calls data tiles entries.
func place(tile tlog.Tile) string {
	return strings.Replace(strings.Replace(tile.Path(), "tile/8/", "tile/", 1), "tile/data/", "tile/entries/", 1)
}

type folder string

func (f folder) Height() int                                 { return 8 }
func (f folder) SaveTiles(tiles []tlog.Tile, data [][]byte) {}
func (f folder) ReadTiles(tiles []tlog.Tile) (data [][]byte, err error) {
	for _, tile := range tiles {
		bytes, err := os.ReadFile(filepath.Join(string(f), place(tile)))
		if err != nil {
			return nil, err
		}
		data = append(data, bytes)
	}
	return data, nil
}

func open(file string, verifier note.Verifier) tlog.Tree {
	bytes, err := os.ReadFile(file)
	check(err)
	opened, err := note.Open(bytes, note.VerifierList(verifier))
	check(err)
	lines := strings.Split(opened.Text, "\n")
	size, err := strconv.ParseInt(lines[1], 10, 64)
	check(err)
	root, err := base64.StdEncoding.DecodeString(lines[2])
	check(err)
	tree := tlog.Tree{N: size}
	copy(tree.Hash[:], root)
	return tree
}

func main() {
	verifier, err := note.NewVerifier(os.Args[2])
	check(err)
	tree := open(filepath.Join(os.Args[1], "checkpoint"), verifier)
	reader := tlog.TileHashReader(tree, folder(os.Args[1]))
	for start := int64(0); start < tree.N; start += 256 {
		tile := tlog.Tile{H: 8, L: -1, N: start / 256, W: 256}
		if tree.N-start < 256 {
			tile.W = int(tree.N - start)
		}
		bytes, err := os.ReadFile(filepath.Join(os.Args[1], place(tile)))
		check(err)
		indexes := []int64{}
		hashes := []tlog.Hash{}
		for i := 0; i < tile.W; i++ {
			if len(bytes) < 2 || len(bytes) < 2+int(binary.BigEndian.Uint16(bytes)) {
				check(fmt.Errorf("%s is cut off", place(tile)))
			}
			length := int(binary.BigEndian.Uint16(bytes))
			hashes = append(hashes, tlog.RecordHash(bytes[2:2+length]))
			indexes = append(indexes, tlog.StoredHashIndex(0, start+int64(i)))
			bytes = bytes[2+length:]
		}
		signed, err := reader.ReadHashes(indexes)
		check(err)
		for i := range signed {
			if signed[i] != hashes[i] {
				check(fmt.Errorf("entry %d is not the one that was signed", start+int64(i)))
			}
		}
	}
	if len(os.Args) > 3 {
		older := open(os.Args[3], verifier)
		proof, err := tlog.ProveTree(tree.N, older.N, reader)
		check(err)
		check(tlog.CheckTree(proof, tree.N, tree.Hash, older.N, older.Hash))
	}
	fmt.Printf("verified: %d entries of %s\n", tree.N, verifier.Name())
}
