// What the studio answers. The contracts are in docs/studio-editor.md.
export interface Endpoints {
	find: string // GET ?q=&lang=: Found[]
	mediaFind: string // GET ?q=&kind=picture|file: Media[]
	mediaUpload: string // POST multipart "file": Media
	picture: string // GET, {id} in it: the bytes of a small rendition
	zawgyi: string // POST {text}: {zawgyi, unicode}
	draft?: string // POST: see autosave.ts
}

/** A Found is a thing of the archive that a link may lead to. */
export interface Found {
	href: string // sala:work/…
	title: string
	kind: string // as the person reads it
	lang: string
	date: string // as the person reads it
}

/** A Media is a file of the house. */
export interface Media {
	id: string
	name: string
	src?: string // of a small rendition, if it is a picture
	alt?: string
	type?: string // as the person reads it: "PDF"
	size?: string // as the person reads it: "1.2 MB"
}

/** A Refusal is an answer that says in a sentence why. */
export class Refusal extends Error {}

async function answer(r: Response): Promise<unknown> {
	if (r.ok) return r.json()
	if (r.headers.get("content-type")?.startsWith("application/json")) {
		const said = await r.json() as { message?: string }
		if (said.message) throw new Refusal(said.message)
	}
	throw new Error(`${r.status}`)
}

export async function get<T>(address: string, query: Record<string, string>): Promise<T[]> {
	return await answer(await fetch(address + "?" + new URLSearchParams(query), { headers: { Accept: "application/json" } })) as T[]
}

export async function upload(address: string, file: File): Promise<Media> {
	const body = new FormData()
	body.append("file", file)
	return await answer(await fetch(address, { method: "POST", body, headers: { Accept: "application/json" } })) as Media
}

export async function post<T>(address: string, body: unknown): Promise<T> {
	return await answer(await fetch(address, { method: "POST", body: JSON.stringify(body), headers: { "Content-Type": "application/json", Accept: "application/json" } })) as T
}
